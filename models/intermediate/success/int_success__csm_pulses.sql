{{ config(materialized='view') }}

with

csm_pulses as (

    select * from {{ ref('stg_customer_success__csm_pulse') }}

),

final as (

    select
        pulse_id,
        account_id as crm_account_id,
        rating,
        {{ reporting_date('rated_at') }} as rated_on,
        recorded_at,
        {{ known_on('rated_at', 'recorded_at') }} as known_on
    from csm_pulses

)

select * from final
