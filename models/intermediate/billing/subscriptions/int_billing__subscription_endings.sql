{{ config(materialized='view') }}

with

subscription_history as (

    select * from {{ ref('stg_stripe__subscription_history') }}

),

final as (

    select
        subscription_id,
        max(cancellation_reason) as cancellation_reason,
        max({{ reporting_date('ended_at') }}) as ended_on
    from subscription_history
    where status = 'canceled'
    group by subscription_id

)

select * from final
