{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'salesforce',
    [
        'account',
        'contact',
        'opportunity',
        'opportunity_history',
        'task',
        'event',
        'user',
    ]
) }}
