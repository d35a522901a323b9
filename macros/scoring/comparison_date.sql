{# The date that the current scores are compared with, written out: only a literal narrows the views of
   changes before they are joined. #}
{% macro comparison_date() -%}
    {%- set previous_scores = ref('int_scoring__previous_scores') -%}
    {%- set found = none -%}
    {%- if execute and load_relation(previous_scores) -%}
        {%- set found = run_query(
            "select max(as_of_date) from " ~ previous_scores
        ).columns[0].values()[0] -%}
    {%- endif -%}
    cast({{ "'" ~ found ~ "'" if found else 'null' }} as date)
{%- endmacro %}
