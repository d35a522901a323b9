{{ quarantined_rows(
    'market',
    [
        'industry_factor',
        'firmographic',
        'external_event',
        'mention',
    ]
) }}
