{# Facts of one type from several relations as rows by account: each is named by the relation, the name
   of the fact and the column or expression that holds it. #}
{% macro fact_rows(facts, value_name, value_type, keys=['account_id']) -%}
    {%- for relation, fact_id, value in facts %}
    select
        {{ keys | join(',\n        ') }},
        {{ fact_id }} as fact_id,
        cast({{ value }} as {{ value_type }}) as {{ value_name }}
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
