{{ quarantined_rows(
    'decisions',
    [
        'overrides',
        'override_withdrawals',
    ]
) }}
