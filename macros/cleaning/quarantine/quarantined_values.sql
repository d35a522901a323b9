{# What quarantine keeps of each raw column of a row: the value, or its keyed hash where the contract
   marks the column as personal or does not know it. The raw columns come as raw_1, raw_2 and so on. #}
{% macro quarantined_values(contract) -%}
    {%- set open_names = [] -%}
    {%- for column in contract.columns if column.raw is not none and not column.rules.get('pii') -%}
        {%- do open_names.append(column.raw) -%}
    {%- endfor -%}
    {%- set values = [] -%}
    {%- for name in contract.raw_names -%}
        {%- set value = 'raw_' ~ loop.index -%}
        {%- do values.append(
            value if name in open_names else keyed_hash('cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')')
        ) -%}
    {%- endfor -%}
    {{ return(values) }}
{%- endmacro %}
