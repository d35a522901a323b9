{# The last signal (0 or 1) that is not null, up to each row. Not every engine can skip nulls in a
   window, so the signal rides in the lowest digit of a number that only grows with the row number. #}
{% macro last_signal(signal, row_number_column, partition_columns) -%}
    mod(
        max(
            case when {{ signal }} is not null then 2 * {{ row_number_column }} + {{ signal }} end
        ) over (
            partition by {{ partition_columns | join(', ') }}
            order by {{ row_number_column }}
            rows between unbounded preceding and current row
        ),
        2
    )
{%- endmacro %}
