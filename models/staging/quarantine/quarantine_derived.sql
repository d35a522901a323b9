{{ config(materialized='table') }}

{{ quarantined_rows(
    'derived',
    [
        'text_sentiment',
    ]
) }}
