{# The value of a ticket's field where the field has a list of values. Any other field may be what a
   person wrote, and nobody reads it further on. #}
{% macro kept_field_value(field_name, value) -%}
    case
        when lower({{ field_name }}) in ('status', 'priority', 'assignee_id', 'custom_escalation') then {{ value }}
    end
{%- endmacro %}
