{# Narrows rows that carry an account's key (its hash) and a date to the affected dates, as one more
   condition; nothing where no warehouse is carried on. #}
{% macro affected_pairs(account_key, as_of_date) -%}
    {%- if carried_database() -%}
    and ({{ account_key }}, {{ as_of_date }}) in (
        select ({{ key_hash(['account_id']) }}, as_of_date)
        from {{ relation_of('int_metrics_affected__dates') }}
    )
    {%- endif -%}
{%- endmacro %}
