with

checked as (

    {{ checked_source('customer_success', 'play_log') }}

),

final as (

    select
        id as play_id,
        account_id,
        {{ snake_case('play') }} as play,
        {{ snake_case('outcome') }} as outcome,
        started_at,
        ended_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
