{# Narrows rows of an account (by `account_id`, or by its hash as `account_key`) that count until a day to
   those that an affected date of the account may look back at: its first one less the days of the
   longest window; nothing but all rows where no warehouse is carried on. #}
{% macro affected_since(account_column, until_day, window_days=0) -%}
    {%- if not execute -%} {%- do ref('int_metrics_affected__dates') -%} {%- endif -%}
    {%- if carried_database() -%}
    inner join (
        select
            {{ key_hash(['account_id']) if account_column == 'account_key' else 'account_id' }} as affected_account,
            {{ add_days('min(as_of_date)', -window_days) }} as affected_since
        from {{ relation_of('int_metrics_affected__dates') }}
        group by account_id
    ) on {{ account_column }} = affected_account and {{ until_day }} > affected_since
    {%- endif -%}
{%- endmacro %}
