{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
    'zendesk',
    [
        'organization',
        'user',
        'ticket',
        'ticket_comment',
        'ticket_field_history',
        'satisfaction_rating',
    ]
) }}
