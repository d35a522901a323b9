{{ metric_values_mart(
    'market',
    [
        'industry_retention_index',
        'customer_headcount_growth',
        'external_event_load',
    ]
) }}
