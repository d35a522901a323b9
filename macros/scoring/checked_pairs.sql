{# The pairs of dates that a test of all accounts looks at: every consecutive pair of a book of up to this
   many accounts and dates, of a larger one those that current scores are compared at. #}
{% macro checked_pairs(most_rows) -%}
    {%- set spine = ref('fct_account_spine') -%}
    {%- set found = [0] -%}
    {%- if execute and load_relation(spine) -%}
        {%- set found = run_query("select count(*) from " ~ spine).columns[0].values() -%}
    {%- endif -%}
    {%- if found[0] > most_rows -%}
        since_date = {{ comparison_date() }} and as_of_date = {{ as_of_date() }}
    {%- else -%}
        periods_apart = 1
    {%- endif -%}
{%- endmacro %}
