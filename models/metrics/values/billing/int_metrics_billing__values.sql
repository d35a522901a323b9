{{ config(materialized='incremental') }}

with

states as (

    select * from {{ ref('int_metrics_billing__states') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

clocks as (

    select * from {{ ref('int_metrics_sources__clocks') }}

),

first_invoices as (

    select
        account_id,
        min(known_on) as first_known_on
    from invoices
    group by account_id

),

{# Only a living source can prove that nothing is owed. #}
known_states as (

    select
        states.account_id,
        states.as_of_date,
        states.days_past_due,
        states.matured_count,
        states.auto_pay_count,
        clocks.billing_last_on,
        first_invoices.first_known_on is not null
        and first_invoices.first_known_on <= states.as_of_date as is_invoiced,
        coalesce(clocks.is_billing_late, false) as is_late,
        coalesce(not states.is_auto_pay, false) as is_paid_by_hand,
        cast(coalesce(states.overdue_amount, 0) as {{ type_double() }}) as overdue_amount,
        cast(coalesce(states.grievance_amount, 0) as {{ type_double() }}) as grievance_amount,
        nullif(
            cast(greatest(coalesce(states.invoiced_amount, 0), 0) as {{ type_double() }}), 0
        ) as invoiced_amount,
        cast(states.matured_amount_days as {{ type_double() }})
        / nullif(cast(states.matured_amount as {{ type_double() }}), 0) as days_late,
        cast(states.failed_count as {{ type_double() }})
        / nullif(states.auto_pay_count, 0) as failed_share
    from states
    left join clocks on states.as_of_date = clocks.as_of_date
    left join first_invoices on states.account_id = first_invoices.account_id

),

hints as (

    select
        account_id,
        as_of_date,
        days_past_due,
        matured_count,
        auto_pay_count,
        is_paid_by_hand,
        overdue_amount,
        grievance_amount,
        invoiced_amount,
        days_late,
        failed_share,
        is_invoiced and not is_late as is_known,
        case when is_invoiced and is_late then 'source_late' end as late_hint,
        case when is_invoiced then billing_last_on end as last_on
    from known_states

),

{# What is owed for older invoices can exceed what was invoiced in the window: shares end at 1. #}
final as (

    select
        account_id,
        as_of_date,
        cast(
            case when is_known then coalesce(days_past_due, 0) end as {{ type_double() }}
        ) as max_days_past_due_value,
        late_hint as max_days_past_due_hint,
        cast(null as {{ type_double() }}) as max_days_past_due_sample,
        last_on as max_days_past_due_last_on,
        case
            when is_known and invoiced_amount is not null
                then least(overdue_amount, invoiced_amount) / invoiced_amount
        end as overdue_share_value,
        late_hint as overdue_share_hint,
        cast(null as {{ type_double() }}) as overdue_share_sample,
        last_on as overdue_share_last_on,
        case when is_known then days_late end as avg_days_late_value,
        late_hint as avg_days_late_hint,
        cast(coalesce(matured_count, 0) as {{ type_double() }}) as avg_days_late_sample,
        last_on as avg_days_late_last_on,
        case
            when is_known and not is_paid_by_hand then failed_share
        end as failed_payment_rate_value,
        case
            when is_paid_by_hand then 'not_applicable' else late_hint
        end as failed_payment_rate_hint,
        cast(coalesce(auto_pay_count, 0) as {{ type_double() }}) as failed_payment_rate_sample,
        last_on as failed_payment_rate_last_on,
        case
            when is_known and invoiced_amount is not null
                then least(grievance_amount, invoiced_amount) / invoiced_amount
        end as dispute_credit_share_value,
        late_hint as dispute_credit_share_hint,
        cast(null as {{ type_double() }}) as dispute_credit_share_sample,
        last_on as dispute_credit_share_last_on
    from hints

)

select * from final
