{#
    The select list of a spine: whole numbers 0 to count - 1 in the column `series_number`.
    Written as crossed binary digits, since no series function exists on every engine.
#}
{% macro number_series(count) -%}
    {%- set digit_count = namespace(value=1) -%}
    {%- for digit in range(1, 31) if 2 ** digit < count -%}
        {%- set digit_count.value = digit + 1 -%}
    {%- endfor -%}
    with

    binary_digits as (

        select 0 as digit
        union all
        select 1 as digit

    ),

    numbers as (

        select
            {%- for position in range(digit_count.value) %}
            {{ '+ ' if not loop.first }}digits_{{ position }}.digit * {{ 2 ** position }}
            {%- endfor %} as series_number
        from binary_digits as digits_0
        {%- for position in range(1, digit_count.value) %}
        cross join binary_digits as digits_{{ position }}
        {%- endfor %}

    )

    select series_number
    from numbers
    where series_number < {{ count }}
{%- endmacro %}
