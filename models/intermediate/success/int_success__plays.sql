{{ config(materialized='view') }}

with

plays as (

    select * from {{ ref('stg_customer_success__play_log') }}

),

final as (

    select
        play_id,
        account_id as crm_account_id,
        play,
        {{ reporting_date('started_at') }} as started_on,
        {{ reporting_date('ended_at') }} as ended_on,
        outcome,
        recorded_at,
        {{ known_on('started_at', 'recorded_at') }} as known_on
    from plays

)

select * from final
