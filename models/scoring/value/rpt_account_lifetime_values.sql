with

churn_risks as (

    select * from {{ ref('fct_account_churn_risks') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

account_margins as (

    select * from {{ ref('rpt_account_margins') }}

),

contract_exposures as (

    select * from {{ ref('contract_exposures') }}

),

value_settings as (

    select * from {{ ref('value_settings') }}
    where is_published

),

{# Who gave notice decided: the contract is paid to its end, and nothing after. #}
priced as (

    select
        churn_risks.account_id,
        churn_risks.as_of_date,
        churn_risks.arr,
        value_settings.value_version,
        value_settings.horizon_months,
        case
            when churn_risks.risk_status = 'estimated' then 'valued'
            when churn_risks.risk_status = 'notice' and account_spine.mrr > 0 then 'notice'
            else churn_risks.risk_status
        end as value_status,
        case when account_margins.margin_status = 'measured' then 'measured' else 'assumed' end
            as margin_source,
        account_spine.mrr,
        case
            when account_margins.margin_status = 'measured' then account_margins.margin_ratio
            else value_settings.gross_margin_ratio
        end as margin_ratio,
        churn_risks.contract_position = 'monthly' as is_monthly,
        {{ whole_months_between('account_spine.as_of_date', 'account_spine.renewal_on') }}
            as contracted_months,
        1 / (1 + {{ monthly_rate('value_settings.annual_discount_rate') }}) as discount_factor,
        1 - churn_risks.decision_probability as staying_probability,
        value_settings.days_in_month / contract_exposures.decision_interval_days
            as decisions_in_month
    from churn_risks
    inner join account_spine
        on
            churn_risks.account_id = account_spine.account_id
            and churn_risks.as_of_date = account_spine.as_of_date
    inner join account_margins
        on churn_risks.account_id = account_margins.account_id
    left join contract_exposures
        on churn_risks.contract_type = contract_exposures.contract_type
    cross join value_settings
    where churn_risks.is_current

),

counted as (

    select
        account_id,
        mrr * margin_ratio as monthly_margin,
        horizon_months,
        discount_factor,
        case
            when value_status = 'notice' then 0
            else power(staying_probability, decisions_in_month)
        end as monthly_retention,
        case when is_monthly then 0 else least(contracted_months, horizon_months) end
            as certain_months
    from priced
    where value_status in ('valued', 'notice')

),

annuities as (

    select
        account_id,
        certain_months,
        monthly_retention,
        monthly_margin * ({{ annuity('discount_factor', 'certain_months') }}) as certain_value,
        monthly_margin * power(discount_factor, certain_months) as uncertain_margin,
        {{ annuity('discount_factor * monthly_retention', '(horizon_months - certain_months)') }}
            as uncertain_payments
    from counted

),

final as (

    select
        priced.account_id,
        priced.as_of_date,
        priced.value_version,
        priced.value_status,
        priced.arr,
        priced.margin_source,
        priced.mrr * priced.margin_ratio as monthly_margin,
        annuities.certain_months,
        annuities.monthly_retention,
        annuities.certain_value,
        annuities.uncertain_margin * annuities.uncertain_payments as uncertain_value,
        annuities.certain_value + annuities.uncertain_margin * annuities.uncertain_payments
            as lifetime_value
    from priced
    left join annuities on priced.account_id = annuities.account_id

)

select * from final
