{# The wall clock of a UTC timestamp in a time zone. #}
{% macro to_time_zone(timestamp_expression, time_zone) -%}
    {{ return(adapter.dispatch('to_time_zone')(timestamp_expression, time_zone)) }}
{%- endmacro %}

{% macro default__to_time_zone(timestamp_expression, time_zone) -%}
    ((cast({{ timestamp_expression }} as timestamp) at time zone 'UTC') at time zone '{{ time_zone }}')
{%- endmacro %}

{% macro spark__to_time_zone(timestamp_expression, time_zone) -%}
    from_utc_timestamp({{ timestamp_expression }}, '{{ time_zone }}')
{%- endmacro %}
