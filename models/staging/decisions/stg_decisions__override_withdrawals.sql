with

checked as (

    {{ checked_source('decisions', 'override_withdrawals') }}

),

final as (

    select
        override_id,
        author_role,
        withdrawn_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
