{{ quarantined_rows(
    'derived',
    [
        'source_incidents', 'text_sentiment',
    ]
) }}
