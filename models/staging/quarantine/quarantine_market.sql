{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'market',
    [
        'industry_factor',
        'firmographic',
        'external_event',
        'mention',
    ]
) }}
