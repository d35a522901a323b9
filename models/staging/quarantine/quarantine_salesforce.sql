{{ quarantined_rows(
    'salesforce',
    [
        'account',
        'contact',
        'opportunity',
        'opportunity_history',
        'task',
        'event',
        'user',
    ]
) }}
