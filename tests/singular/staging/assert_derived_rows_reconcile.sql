{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
    'derived',
    [
        'source_incidents', 'text_sentiment',
    ]
) }}
