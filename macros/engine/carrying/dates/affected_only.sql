{# Narrows rows by account and date to the affected dates, which a model lists, and few more; nothing where
   no warehouse is carried on. Dates that concern most accounts are written out, and so are the accounts that other dates
   concern: a scan of rows that are worked out of wide ones can leave out what a constant rules out, and
   nothing that a join does. What is too much is left out where the rows are kept. #}
{% macro affected_only(dates='int_metrics_affected__dates') -%}
    {%- set affected = ref(dates) -%}
    {%- if carried_database() -%}
        {%- set common = "(select as_of_date from " ~ affected ~ " group by as_of_date having 2 * count(*) >= "
            ~ "(select count(distinct account_id) from " ~ affected ~ "))" -%}
        {%- set dates = [] -%}
        {%- for row in run_query("select as_of_date from " ~ common ~ " order by as_of_date") -%}
            {%- do dates.append("cast('" ~ row[0] ~ "' as date)") -%}
        {%- endfor -%}
        {%- set accounts = [] -%}
        {%- for row in run_query(
            "select distinct account_id from " ~ affected ~ " where as_of_date not in " ~ common ~ " order by account_id"
        ) -%}
            {%- do accounts.append("'" ~ row[0].replace("'", "''") ~ "'") -%}
        {%- endfor -%}
    where
        as_of_date in ({{ dates | join(', ') or 'null' }})
        or account_id in ({{ accounts | join(', ') or 'null' }})
    {%- endif -%}
{%- endmacro %}
