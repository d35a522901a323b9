{{ metric_values_mart(
    'support',
    [
        'sev_ticket_rate_ratio',
        'first_response_ratio',
        'sla_breach_rate',
        'backlog_sev_age',
        'reopen_rate',
        'escalation_load',
    ]
) }}
