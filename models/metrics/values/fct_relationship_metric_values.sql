{{ metric_values_mart(
    'relationship',
    [
        'champion_strength',
        'days_since_exec_touch',
        'multithreading',
        'qbr_adherence',
        'no_show_rate',
        'key_contact_turnover',
    ]
) }}
