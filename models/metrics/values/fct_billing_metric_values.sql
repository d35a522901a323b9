{{ metric_values_mart(
    'billing',
    [
        'max_days_past_due',
        'overdue_share',
        'avg_days_late',
        'failed_payment_rate',
        'dispute_credit_share',
    ]
) }}
