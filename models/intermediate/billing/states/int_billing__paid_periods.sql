{{ config(materialized='view') }}

with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

{#
    Lines overlap and contain each other, so the day up to which an account had paid is a running
    maximum.
#}
covered_lines as (

    select
        account_id,
        starts_on,
        ends_on,
        ended_known_on,
        coalesce(ends_on, {{ latest_date() }}) as paid_until,
        max(coalesce(ends_on, {{ latest_date() }})) over (
            partition by account_id
            order by starts_on, coalesce(ends_on, {{ latest_date() }})
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from account_lines
    where
        mrr_contract_amount > 0
        and (ends_on is null or ends_on > starts_on)

),

{# By range, so that lines of the same days share one number, whichever of them is read first. #}
numbered_lines as (

    select
        account_id,
        starts_on,
        ends_on,
        ended_known_on,
        sum(
            case
                when covered_until is null then 1
                when covered_until = {{ latest_date() }} then 0
                when {{ add_days('covered_until', setting('churn_gap_days')) }} < starts_on then 1
                else 0
            end
        ) over (
            partition by account_id
            order by starts_on, paid_until
            range between unbounded preceding and current row
        ) as period_number
    from covered_lines

),

periods as (

    select
        account_id,
        period_number,
        min(starts_on) as period_start,
        {{ latest_or_open('ends_on') }} as churn_date,
        {{ latest_or_open('ended_known_on') }} as end_known_on
    from numbered_lines
    group by
        account_id,
        period_number

),

final as (

    select
        account_id,
        cast(period_number as integer) as period_number,
        period_start,
        churn_date,
        case
            when churn_date is not null
                then greatest({{ add_days('churn_date', setting('churn_gap_days')) }}, end_known_on)
        end as churn_known_at
    from periods

)

select * from final
