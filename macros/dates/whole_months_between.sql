{#
    Full calendar months from start to end, as an integer; the last one counts once its day is
    reached.
#}
{% macro whole_months_between(start_date, end_date) -%}
    {%- set calendar_months -%}
        cast(
            (extract(year from {{ end_date }}) - extract(year from {{ start_date }})) * 12
            + extract(month from {{ end_date }}) - extract(month from {{ start_date }})
            as integer
        )
    {%- endset -%}
    (
        {{ calendar_months }}
        - case when {{ add_months(start_date, calendar_months) }} > {{ end_date }} then 1 else 0 end
    )
{%- endmacro %}
