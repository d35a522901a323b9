{{ config(materialized='incremental') }}

with

states as (

    select * from {{ ref('int_metrics_commercial__states') }}
    {{ affected_only() }}

),

subscription_lines as (

    select * from {{ ref('fct_subscription_lines') }}

),

contract_points as (

    select * from {{ ref('contract_points') }}

),

clocks as (

    select * from {{ ref('int_metrics_sources__clocks') }}

),

first_lines as (

    select
        account_id,
        min(known_on) as first_known_on
    from subscription_lines
    group by account_id

),

known_states as (

    select
        states.account_id,
        states.as_of_date,
        states.current_mrr,
        states.contraction_load,
        states.unlisted_count,
        states.listed_mrr,
        contract_points.contract_points,
        clocks.billing_last_on,
        nullif(states.earlier_mrr, 0) as earlier_mrr,
        nullif(states.list_mrr, 0) as list_mrr,
        first_lines.first_known_on is not null
        and first_lines.first_known_on <= states.as_of_date as has_contract,
        coalesce(clocks.is_billing_late, false) as is_late
    from states
    left join clocks on states.as_of_date = clocks.as_of_date
    left join first_lines on states.account_id = first_lines.account_id
    left join contract_points on states.contract_type = contract_points.contract_type

),

hints as (

    select
        account_id,
        as_of_date,
        current_mrr,
        earlier_mrr,
        contraction_load,
        unlisted_count,
        listed_mrr,
        list_mrr,
        contract_points,
        has_contract and not is_late as is_known,
        has_contract and earlier_mrr is null as is_new,
        case when has_contract and is_late then 'source_late' end as late_hint,
        case when has_contract then billing_last_on end as last_on
    from known_states

),

final as (

    select
        account_id,
        as_of_date,
        case
            when is_known then coalesce(current_mrr, 0) / earlier_mrr
        end as account_nrr_12m_value,
        case
            when is_new then 'not_applicable' else late_hint
        end as account_nrr_12m_hint,
        cast(null as {{ type_double() }}) as account_nrr_12m_sample,
        last_on as account_nrr_12m_last_on,
        case when is_known then coalesce(contraction_load, 0) end as contraction_load_value,
        late_hint as contraction_load_hint,
        cast(null as {{ type_double() }}) as contraction_load_sample,
        last_on as contraction_load_last_on,
        case
            when is_known and unlisted_count = 0 then 1 - listed_mrr / list_mrr
        end as discount_depth_value,
        late_hint as discount_depth_hint,
        cast(null as {{ type_double() }}) as discount_depth_sample,
        last_on as discount_depth_last_on,
        case when is_known then contract_points end as contract_commitment_value,
        late_hint as contract_commitment_hint,
        cast(null as {{ type_double() }}) as contract_commitment_sample,
        last_on as contract_commitment_last_on
    from hints

)

select * from final
