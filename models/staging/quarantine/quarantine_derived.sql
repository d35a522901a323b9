{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'derived',
    [
        'source_incidents', 'text_sentiment',
    ]
) }}
