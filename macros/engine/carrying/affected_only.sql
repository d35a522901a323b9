{# Narrows rows by account and date to the affected dates, which is nothing but all of them where no
   warehouse is carried on. The first date is written out, so that a scan can leave out what lies before. #}
{% macro affected_only() -%}
    {%- set affected = ref('int_metrics_affected__dates') -%}
    {%- if carried_database() -%}
        {%- set first_date = run_query("select min(as_of_date) from " ~ affected).columns[0].values()[0] -%}
    where
        as_of_date >= {{ "cast('" ~ first_date ~ "' as date)" if first_date else 'null' }}
        and (account_id, as_of_date) in (select (account_id, as_of_date) from {{ affected }})
    {%- endif -%}
{%- endmacro %}
