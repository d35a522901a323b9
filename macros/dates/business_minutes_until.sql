{#
    Business minutes of a calendar from a fixed Monday until a local timestamp. The difference of two
    such counts is the business time between them, so no day has to be listed. The relation gives
    opens_at_hour, closes_at_hour and business_weekdays (seven 0/1 digits from Monday on).
#}
{% macro business_minutes_until(local_timestamp, calendar) -%}
    {%- set days -%}
        {{ days_between("cast('1970-01-05' as date)", 'cast(local_moment as date)') }}
    {%- endset -%}
    {%- set weeks -%} floor(cast({{ days }} as {{ type_double() }}) / 7) {%- endset -%}
    {%- set weekday -%} cast({{ days }} - 7 * {{ weeks }} as integer) {%- endset -%}
    {%- set mask = calendar ~ '.business_weekdays' -%}
    {%- set day_minutes -%}
        60 * ({{ calendar }}.closes_at_hour - {{ calendar }}.opens_at_hour)
    {%- endset -%}
    {%- set minute_of_day -%}
        extract(hour from local_moment) * 60
        + extract(minute from local_moment)
        + floor(extract(second from local_moment)) / 60.0
    {%- endset -%}
    {%- set minutes -%}
        cast(
            (
                {{ weeks }} * length(replace({{ mask }}, '0', ''))
                + length(replace(substr({{ mask }}, 1, {{ weekday }}), '0', ''))
            ) * {{ day_minutes }}
            + case
                when substr({{ mask }}, {{ weekday }} + 1, 1) = '1'
                    then least(
                        greatest({{ minute_of_day }} - 60 * {{ calendar }}.opens_at_hour, 0),
                        {{ day_minutes }}
                    )
                else 0
            end
            as {{ type_double() }}
        )
    {%- endset -%}
    {{ bind_value('local_moment', local_timestamp, minutes) }}
{%- endmacro %}
