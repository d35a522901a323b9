{{ metric_values_mart(
    'usage',
    [
        'licence_utilisation',
        'stickiness_wau_mau',
        'active_user_trend',
        'key_action_change',
        'feature_breadth',
        'action_depth',
        'days_since_human_activity',
        'user_concentration',
        'activation_progress',
    ]
) }}
