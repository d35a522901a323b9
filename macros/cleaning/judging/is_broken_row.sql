{# Whether a typed row breaks any rule: the cheap question that every row is asked; only the rows that
   do are asked for the reason. #}
{% macro is_broken_row(contract) -%}
    coalesce(
        {%- for condition, reason in rule_checks(contract) %}
                {{ condition }}{{ ' or ' if not loop.last }}
        {%- endfor %},
                false
            )
{%- endmacro %}
