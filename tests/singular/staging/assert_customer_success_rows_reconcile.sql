{# Every raw row is either accepted or in quarantine; none is lost and none appears twice. #}
{{ unreconciled_tables(
    'customer_success',
    [
        'csm_pulse',
        'qbr',
        'contact_tag',
        'play_log',
    ]
) }}
