{# The wall clock of a UTC timestamp in the time zone that a column names. #}
{% macro to_local_time(timestamp_expression, time_zone_column) -%}
    {{ return(adapter.dispatch('to_local_time')(timestamp_expression, time_zone_column)) }}
{%- endmacro %}

{% macro default__to_local_time(timestamp_expression, time_zone_column) -%}
    ((cast({{ timestamp_expression }} as timestamp) at time zone 'UTC') at time zone {{ time_zone_column }})
{%- endmacro %}

{% macro spark__to_local_time(timestamp_expression, time_zone_column) -%}
    from_utc_timestamp({{ timestamp_expression }}, {{ time_zone_column }})
{%- endmacro %}
