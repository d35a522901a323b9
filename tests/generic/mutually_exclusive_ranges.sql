{#
    Half-open ranges of one partition neither overlap nor run backwards; a null start is "always"
    and a null end is open. With gaps_allowed false each range must begin where the last one ended.
#}
{% test mutually_exclusive_ranges(
    model, starts='valid_from', ends='valid_to', partition_by=none, gaps_allowed=true
) %}

{%- set partitions = [partition_by] if partition_by is string else (partition_by or []) %}

with

ordered_ranges as (

    select
        {%- for column in partitions %}
        {{ column }},
        {%- endfor %}
        {{ starts }} as range_start,
        {{ ends }} as range_end,
        row_number() over ranges_in_order as range_number,
        lag({{ ends }}) over ranges_in_order as previous_end
    from {{ model }}
    window ranges_in_order as (
        {%- if partitions %}
        partition by {{ partitions | join(', ') }}
        {%- endif %}
        order by {{ starts }} nulls first, {{ ends }} nulls last
    )

)

select *
from ordered_ranges
where
    range_end <= range_start
    or (
        range_number > 1
        and (
            range_start is null
            or previous_end is null
            or previous_end > range_start
            {%- if not gaps_allowed %}
            or previous_end < range_start
            {%- endif %}
        )
    )

{% endtest %}
