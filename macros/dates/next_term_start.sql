{# The first start of a term after a date, for terms of some months from a first day on. #}
{% macro next_term_start(first_start, term_months, date_expression) -%}
    {%- set whole_months = whole_months_between(first_start, date_expression) -%}
    {{ add_months(
        first_start,
        'cast((floor(cast(' ~ whole_months ~ ' as ' ~ type_double() ~ ') / nullif(' ~ term_months
        ~ ', 0)) + 1) * ' ~ term_months ~ ' as integer)'
    ) }}
{%- endmacro %}
