{# An epoch number in any unit as naive UTC. #}
{% macro epoch_to_utc(expression) -%}
    {{ return(adapter.dispatch('epoch_to_utc')(expression)) }}
{%- endmacro %}

{% macro default__epoch_to_utc(expression) -%}
    timestamp_micros({{ epoch_microseconds(expression) }})
{%- endmacro %}

{% macro duckdb__epoch_to_utc(expression) -%}
    make_timestamp({{ epoch_microseconds(expression) }})
{%- endmacro %}

{% macro postgres__epoch_to_utc(expression) -%}
    (to_timestamp({{ epoch_microseconds(expression) }} / 1e6) at time zone 'UTC')
{%- endmacro %}
