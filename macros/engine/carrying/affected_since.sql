{# Narrows rows that carry an account's key (its hash) and a date to those that an affected date of the
   account may look back at: its first one less the days of the longest window; nothing but all rows
   where no warehouse is carried on. #}
{% macro affected_since(account_key, date_column, window_days) -%}
    {%- if not execute -%} {%- do ref('int_metrics_affected__dates') -%} {%- endif -%}
    {%- if carried_database() -%}
    inner join (
        select
            {{ key_hash(['account_id']) }} as affected_key,
            {{ add_days('min(as_of_date)', -window_days) }} as affected_since
        from {{ relation_of('int_metrics_affected__dates') }}
        group by account_id
    ) on {{ account_key }} = affected_key and {{ date_column }} > affected_since
    {%- endif -%}
{%- endmacro %}
