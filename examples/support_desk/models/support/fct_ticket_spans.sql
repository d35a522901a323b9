with

states as (

    select * from {{ ref('int_incident_log__states') }}

),

spans as (

    select
        *,
        lead(updated_at) over (partition by ticket_id order by updated_at) as ends_at
    from states

),

final as (

    select
        ticket_id,
        account_id,
        ticket_status,
        severity,
        updated_at as starts_at,
        cast(updated_at as date) as starts_on,
        cast(ends_at as date) as ends_on,
        is_reopened,
        updated_at as recorded_at,
        cast(updated_at as date) as known_on,
        cast(ends_at as date) as ended_known_on
    from spans

)

select * from final
