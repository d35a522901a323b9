{{ metric_values_mart(
    'commercial',
    [
        'account_nrr_12m',
        'contraction_load',
        'discount_depth',
        'contract_commitment',
    ]
) }}
