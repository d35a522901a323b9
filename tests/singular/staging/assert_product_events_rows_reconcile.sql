{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
    'product_events',
    [
        'tracks',
        'groups',
        'entitlements',
    ]
) }}
