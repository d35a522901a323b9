{# What each var may be, in one place; `health doctor` reads the same lines. Written as plain literals. #}
{% macro setting_rules() -%}
    {{ return({
        'as_of_date': {
            'type': 'date', 'minimum': '2000-01-01', 'maximum': '2100-12-31',
            'environment': 'HEALTH_AS_OF_DATE',
        },
        'spine_grain': {'type': 'choice', 'one_of': ['week', 'month']},
        'history_periods': {'type': 'whole number', 'minimum': 1, 'maximum': 1040},
        'reporting_time_zone': {'type': 'time zone'},
        'ingestion_grace_hours': {'type': 'whole number', 'minimum': 0, 'maximum': 720},
        'reporting_currency': {'type': 'currency'},
        'plan_rate_fiscal_year': {'type': 'whole number', 'minimum': 2000, 'maximum': 2100},
        'source_format': {'type': 'choice', 'one_of': ['parquet', 'csv']},
        'source_epoch_floor': {'type': 'date', 'minimum': '1900-01-01', 'maximum': '2100-12-31'},
        'source_future_tolerance_hours': {'type': 'whole number', 'minimum': 0, 'maximum': 8784},
        'churn_gap_days': {'type': 'whole number', 'minimum': 0, 'maximum': 3660},
        'min_tenure_days': {'type': 'whole number', 'minimum': 0, 'maximum': 3660},
        'acausal_event_days': {'type': 'whole number', 'minimum': 0, 'maximum': 3660},
        'movement_months': {'type': 'whole number', 'minimum': 1, 'maximum': 1200},
        'contraction_min_ratio': {'type': 'number', 'minimum': 0, 'maximum': 1},
        'contraction_min_days': {'type': 'whole number', 'minimum': 0, 'maximum': 3660},
        'contract_term_limit': {'type': 'whole number', 'minimum': 1, 'maximum': 1200},
        'hierarchy_level_limit': {'type': 'whole number', 'minimum': 2, 'maximum': 30},
        'warning_history_days': {'type': 'whole number', 'minimum': 28, 'maximum': 3660},
        'late_cancellation_hours': {'type': 'whole number', 'minimum': 0, 'maximum': 720},
        'scanner_click_seconds': {'type': 'whole number', 'minimum': 0, 'maximum': 3600},
        'metric_parameters': {'type': 'numbers', 'minimum': -36525, 'maximum': 36525},
    }) }}
{%- endmacro %}
