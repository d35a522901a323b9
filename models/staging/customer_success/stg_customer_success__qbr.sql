with

checked as (

    {{ checked_source('customer_success', 'qbr') }}

),

final as (

    select
        id as qbr_id,
        account_id,
        status as review_status,
        scheduled_at,
        held_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
