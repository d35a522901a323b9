{#
    A sum agrees with the same sum in another table, in total or group by group. Groups that exist
    on one side only count as zero on the other.
#}
{% test sums_equal(
    model, expression, compare_model, compare_expression=none, group_by=none, tolerance=0.005,
    condition='1 = 1', compare_condition='1 = 1'
) %}

{%- set groups = [group_by] if group_by is string else (group_by or []) %}
{%- set listed_groups = (groups | join(', ') ~ ', ') if groups else '' %}

with

both_sides as (

    select
        {{ listed_groups }}
        cast({{ expression }} as {{ type_double() }}) as signed_value
    from {{ model }}
    where {{ condition }}
    union all
    select
        {{ listed_groups }}
        -cast({{ compare_expression or expression }} as {{ type_double() }}) as signed_value
    from {{ compare_model }}
    where {{ compare_condition }}

)

select
    {{ listed_groups }}
    sum(signed_value) as difference
from both_sides
{%- if groups %}
group by {{ groups | join(', ') }}
{%- endif %}
having abs(sum(signed_value)) > {{ tolerance }}

{% endtest %}
