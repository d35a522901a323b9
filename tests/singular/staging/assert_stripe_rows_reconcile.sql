{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
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
