{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'product_events',
    [
        'tracks',
        'groups',
        'entitlements',
    ],
    suspects={'tracks': ref('stg_product_events__suspect_tracks')}
) }}
