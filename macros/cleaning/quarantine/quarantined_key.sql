{# The key of a row that was set aside; an erased person's row is there to be counted alone. #}
{% macro quarantined_key(contract) -%}
    {%- set parts = [] -%}
    {%- for name in contract.key -%}
        {%- do parts.append("coalesce(cast(" ~ name ~ " as " ~ dbt.type_string() ~ "), '')") -%}
    {%- endfor -%}
    {%- set key = parts | join(" || '|' || ") -%}
    {%- if contract.erased %} case when rejection_reason = 'erased_subject' then 'erased' else {{ key }} end
    {%- else %} {{ key }}
    {%- endif -%}
{%- endmacro %}
