{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
    'decisions',
    [
        'overrides',
        'override_withdrawals',
    ]
) }}
