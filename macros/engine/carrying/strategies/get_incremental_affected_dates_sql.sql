{# The strategy `affected_dates`: of a table by account and date, the affected dates are replaced, dates
   that left the history are taken out, and all others stay as they are. The config `affected_by` names
   the model that lists them, if not the usual one. A table of the last days alone says by the config
   `kept_days` how many they are. #}
{% macro get_incremental_affected_dates_sql(arg_dict) -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- set key = '(account_id, as_of_date)' -%}
    {%- set spine = relation_of('fct_account_spine') -%}
    {%- set affected = relation_of(config.get('meta').affected_by or 'int_metrics_affected__dates') -%}
    delete from {{ arg_dict['target_relation'] }}
    where
        {{ key }} in (select {{ key }} from {{ affected }})
        or {{ key }} not in (select {{ key }} from {{ spine }})
        {%- if config.get('meta').kept_days %}
        or as_of_date < {{ add_days(as_of_date(), -config.get('meta').kept_days) }}
        {%- endif %};

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
    where {{ key }} in (select {{ key }} from {{ affected }})
{%- endmacro %}
