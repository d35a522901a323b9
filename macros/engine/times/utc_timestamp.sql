{# Any spelling of a moment as naive UTC: timestamps with or without zone, dates, ISO text, epoch
   seconds, milliseconds or microseconds as numbers or text. Text without an offset is UTC. #}
{% macro utc_timestamp(expression, family) -%}
    {{ return(adapter.dispatch('utc_timestamp')(expression, family)) }}
{%- endmacro %}

{% macro default__utc_timestamp(expression, family) -%}
    {%- if family == 'timestamptz' -%} {{ zoned_to_utc(expression) }}
    {%- elif family in ('timestamp', 'date') -%} cast({{ expression }} as timestamp)
    {%- elif family == 'text' -%}
        {#- Nine digits or more are an epoch; a date such as 20250131 has eight. -#}
        case
            when {{ matches_pattern("trim(" ~ expression ~ ")", '^[0-9]{9,16}(\\.[0-9]+)?$') }}
                then {{ epoch_to_utc(try_cast("trim(" ~ expression ~ ")", type_double())) }}
            else {{ zoned_to_utc(try_cast("trim(" ~ expression ~ ")", 'timestamp with time zone')) }}
        end
    {%- else -%} {{ epoch_to_utc("cast(" ~ expression ~ " as " ~ type_double() ~ ")") }}
    {%- endif -%}
{%- endmacro %}

{% macro spark__utc_timestamp(expression, family) -%}
    {%- if family in ('text', 'timestamp', 'timestamptz', 'date') -%}
        try_cast({{ expression }} as timestamp)
    {%- else -%} {{ epoch_to_utc("cast(" ~ expression ~ " as double)") }}
    {%- endif -%}
{%- endmacro %}
