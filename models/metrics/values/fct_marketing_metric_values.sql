{{ metric_values_mart(
    'marketing',
    [
        'email_click_rate',
        'program_participation',
        'optout_share',
    ]
) }}
