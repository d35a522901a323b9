{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'customer_success',
    [
        'csm_pulse',
        'qbr',
        'contact_tag',
        'play_log',
    ]
) }}
