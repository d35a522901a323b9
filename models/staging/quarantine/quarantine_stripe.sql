{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'stripe',
    [
        'customer',
        'subscription_history',
        'subscription_item',
        'price',
        'product',
        'invoice',
        'invoice_line_item',
        'charge',
        'refund',
        'dispute',
        'credit_note',
    ]
) }}
