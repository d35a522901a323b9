{{ quarantined_rows(
    'customer_success',
    [
        'csm_pulse',
        'qbr',
        'contact_tag',
        'play_log',
    ]
) }}
