{{ metric_values_mart(
    'sentiment',
    [
        'nps_account',
        'csat_share',
        'text_sentiment',
        'csm_pulse',
        'survey_response_rate',
    ]
) }}
