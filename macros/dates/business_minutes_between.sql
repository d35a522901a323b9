{#
    Business minutes between two UTC timestamps in a calendar; null while one of them is missing.
    A start after the end counts as no time.
#}
{% macro business_minutes_between(started_at, ended_at, calendar) -%}
    {%- set local_start = to_local_time(started_at, calendar ~ '.time_zone') -%}
    {%- set local_end = to_local_time(ended_at, calendar ~ '.time_zone') -%}
    case
        when {{ started_at }} is not null and {{ ended_at }} is not null
            then greatest(
                {{ business_minutes_until(local_end, calendar) }}
                - {{ business_minutes_until(local_start, calendar) }},
                0
            )
    end
{%- endmacro %}
