{# The row of a file in a message; a question mark where it is not known. #}
{% macro told_row(file_row) -%}
    coalesce(cast({{ file_row }} as {{ dbt.type_string() }}), '?')
{%- endmacro %}
