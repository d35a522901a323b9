{# A timestamp with time zone as naive UTC. #}
{% macro zoned_to_utc(expression) -%}
    {{ return(adapter.dispatch('zoned_to_utc')(expression)) }}
{%- endmacro %}

{% macro default__zoned_to_utc(expression) -%}
    ({{ expression }} at time zone 'UTC')
{%- endmacro %}

{# The stored instant needs no time zone database. #}
{% macro duckdb__zoned_to_utc(expression) -%}
    make_timestamp(epoch_us({{ expression }}))
{%- endmacro %}
