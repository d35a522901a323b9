with

lifetime_values as (

    select * from {{ ref('rpt_account_lifetime_values') }}

),

churn_risks as (

    select * from {{ ref('fct_account_churn_risks') }}

),

account_margins as (

    select * from {{ ref('rpt_account_margins') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

value_classes as (

    select * from {{ ref('value_classes') }}

),

risk_classes as (

    select * from {{ ref('risk_classes') }}

),

value_risk_cells as (

    select * from {{ ref('value_risk_cells') }}

),

classed as (

    select
        lifetime_values.account_id,
        value_classes.value_class,
        risk_classes.risk_class
    from lifetime_values
    inner join churn_risks
        on
            lifetime_values.account_id = churn_risks.account_id
            and lifetime_values.as_of_date = churn_risks.as_of_date
    left join value_classes
        on
            lifetime_values.value_version = value_classes.value_version
            and {{ within_limits(
                'lifetime_values.lifetime_value', 'value_classes', 'lower_amount', 'upper_amount'
            ) }}
            and lifetime_values.lifetime_value is not null
    left join risk_classes
        on
            lifetime_values.value_version = risk_classes.value_version
            and {{ within_limits(
                'churn_risks.churn_probability',
                'risk_classes',
                'lower_probability',
                'upper_probability'
            ) }}
            and churn_risks.churn_probability is not null

),

final as (

    select
        lifetime_values.account_id,
        accounts.account_name,
        lifetime_values.as_of_date,
        account_spine.segment,
        account_spine.owner_id,
        lifetime_values.value_version,
        lifetime_values.value_status,
        lifetime_values.arr,
        churn_risks.health_score as retention_score,
        churn_risks.band as retention_band,
        churn_risks.contract_position,
        account_spine.renewal_on,
        churn_risks.churn_probability,
        churn_risks.exposed_arr,
        churn_risks.expected_loss,
        lifetime_values.certain_value,
        lifetime_values.lifetime_value,
        account_margins.margin_status,
        account_margins.margin_mrr,
        account_margins.margin_ratio,
        classed.value_class,
        classed.risk_class,
        coalesce(value_risk_cells.cell, 'unplaced') as value_risk_cell,
        value_risk_cells.stance
    from lifetime_values
    inner join churn_risks
        on
            lifetime_values.account_id = churn_risks.account_id
            and lifetime_values.as_of_date = churn_risks.as_of_date
    inner join account_spine
        on
            lifetime_values.account_id = account_spine.account_id
            and lifetime_values.as_of_date = account_spine.as_of_date
    inner join accounts on lifetime_values.account_id = accounts.account_id
    inner join account_margins on lifetime_values.account_id = account_margins.account_id
    inner join classed on lifetime_values.account_id = classed.account_id
    left join value_risk_cells
        on
            lifetime_values.value_version = value_risk_cells.value_version
            and classed.value_class = value_risk_cells.value_class
            and classed.risk_class = value_risk_cells.risk_class

)

select * from final
