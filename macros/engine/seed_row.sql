{# The line of a row in the file of its seed, for a message; null where the engine does not keep the
   order in which rows were loaded. #}
{% macro seed_row() -%} {{ return(adapter.dispatch('seed_row')()) }} {%- endmacro %}

{% macro default__seed_row() -%} cast(null as integer) {%- endmacro %}

{% macro duckdb__seed_row() -%} cast(rowid + 2 as integer) {%- endmacro %}
