{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
    'marketing',
    [
        'contact',
        'email_event',
        'email_event_delivered',
        'email_event_click',
        'email_event_status_change',
        'contact_form_submission',
        'event_attendance',
        'company',
    ]
) }}
