{# The first rule of the contract that a typed row breaks, or null; the order is fixed, so that a row
   always carries the same reason. #}
{% macro broken_rule(contract) -%}
    case
        {%- for condition, reason in rule_checks(contract) %}
                when {{ condition }} then {{ reason }}
        {%- endfor %}
            end
{%- endmacro %}
