{# The fields that a CRM shows of an account's health, and what each holds: a number of two decimals, one
   of a list, a text, or a date. The date of the write itself is not among them: it alone would make
   every row differ every night. #}
{% macro crm_health_fields() -%}
    {{ return([
        {'name': 'health_score', 'kind': 'number'},
        {'name': 'health_low_score', 'kind': 'number'},
        {'name': 'health_high_score', 'kind': 'number'},
        {'name': 'health_score_change', 'kind': 'number'},
        {'name': 'health_override_points', 'kind': 'number'},
        {'name': 'health_band', 'kind': 'pick'},
        {'name': 'health_confidence', 'kind': 'pick'},
        {'name': 'health_retention_band', 'kind': 'pick'},
        {'name': 'health_growth_band', 'kind': 'pick'},
        {'name': 'health_attention_class', 'kind': 'pick'},
        {'name': 'health_override_reason', 'kind': 'pick'},
        {'name': 'health_next_action', 'kind': 'text'},
        {'name': 'health_concerns', 'kind': 'text'},
        {'name': 'health_cap_evidence', 'kind': 'text'},
        {'name': 'health_next_action_due_on', 'kind': 'date'},
        {'name': 'health_override_expires_on', 'kind': 'date'},
    ]) }}
{%- endmacro %}
