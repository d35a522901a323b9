{{ quarantined_rows(
    'surveys',
    [
        'survey_responses',
        'people',
        'invitations',
    ]
) }}
