with

account_values as (

    select * from {{ ref('rpt_account_value') }}

),

value_risk_cells as (

    select * from {{ ref('value_risk_cells') }}

),

value_settings as (

    select * from {{ ref('value_settings') }}
    where is_published

),

{# All cells are shown, also empty ones, and one for the accounts that cannot be placed. #}
cells as (

    select
        value_risk_cells.value_version,
        value_risk_cells.value_class,
        value_risk_cells.risk_class,
        value_risk_cells.cell as value_risk_cell,
        value_risk_cells.stance
    from value_risk_cells
    inner join value_settings on value_risk_cells.value_version = value_settings.value_version
    union all
    select
        value_version,
        cast(null as {{ dbt.type_string() }}) as value_class,
        cast(null as {{ dbt.type_string() }}) as risk_class,
        'unplaced' as value_risk_cell,
        cast(null as {{ dbt.type_string() }}) as stance
    from value_settings

),

totals as (

    select
        value_risk_cell,
        cast(count(*) as integer) as account_count,
        {{ settled('sum(arr)') }} as arr,
        {{ settled('sum(expected_loss)') }} as expected_loss,
        {{ settled('sum(lifetime_value)') }} as lifetime_value
    from account_values
    where arr > 0
    group by value_risk_cell

),

final as (

    select
        cells.value_version,
        cells.value_risk_cell,
        cells.value_class,
        cells.risk_class,
        cells.stance,
        coalesce(totals.account_count, 0) as account_count,
        coalesce(totals.arr, 0) as arr,
        totals.expected_loss,
        totals.lifetime_value
    from cells
    left join totals on cells.value_risk_cell = totals.value_risk_cell

)

select * from final
