{# An epoch number as naive UTC. Its size tells the unit: seconds below 1e11, then milliseconds,
   from 1e14 microseconds (the bounds are the year 5138 in one unit and 1973 in the next). #}
{% macro epoch_to_utc(expression) -%}
    {{ return(adapter.dispatch('epoch_to_utc')(expression)) }}
{%- endmacro %}

{% macro epoch_microseconds(expression) -%}
    cast(
        case
            when abs({{ expression }}) < 1e11 then {{ expression }} * 1e6
            when abs({{ expression }}) < 1e14 then {{ expression }} * 1e3
            when abs({{ expression }}) < 1e17 then {{ expression }}
        end as bigint
    )
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
