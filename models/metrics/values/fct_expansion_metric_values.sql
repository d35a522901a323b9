{{ metric_values_mart(
    'expansion',
    [
        'seat_pressure',
        'consumption_pace',
        'whitespace',
        'expansion_pipeline_ratio',
    ]
) }}
