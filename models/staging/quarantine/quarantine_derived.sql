{{ quarantined_rows(
    'derived',
    [
        'text_sentiment',
    ]
) }}
