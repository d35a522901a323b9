with

checked as (

    {{ checked_source('customer_success', 'csm_pulse') }}

),

final as (

    select
        id as pulse_id,
        account_id,
        csm_id,
        rating,
        rated_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
