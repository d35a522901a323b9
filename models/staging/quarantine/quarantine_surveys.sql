{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'surveys',
    [
        'survey_responses',
        'people',
        'invitations',
    ]
) }}
