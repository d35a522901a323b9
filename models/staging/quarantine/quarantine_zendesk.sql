{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'zendesk',
    [
        'organization',
        'user',
        'ticket',
        'ticket_comment',
        'ticket_field_history',
        'satisfaction_rating',
    ]
) }}
