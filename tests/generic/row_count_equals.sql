{# Two tables have as many rows, after an optional condition on each. #}
{% test row_count_equals(
    model, compare_model, condition='1 = 1', compare_condition='1 = 1'
) %}

with

own_rows as (

    select count(*) as row_count
    from {{ model }}
    where {{ condition }}

),

compared_rows as (

    select count(*) as row_count
    from {{ compare_model }}
    where {{ compare_condition }}

)

select
    own_rows.row_count,
    compared_rows.row_count as compared_row_count
from own_rows
cross join compared_rows
where own_rows.row_count != compared_rows.row_count

{% endtest %}
