{# Whether a date of an account, given by its key (its hash), is affected, as a condition; true of every
   date where no warehouse is carried on. #}
{% macro is_affected(account_key, as_of_date) -%}
    {%- if carried_database() -%}
    ({{ account_key }}, {{ as_of_date }}) in (
            select ({{ key_hash(['account_id']) }}, as_of_date)
            from {{ relation_of('int_metrics_affected__dates') }}
        )
    {%- else -%} true
    {%- endif -%}
{%- endmacro %}
