with

checked as (

    {{ checked_source('zendesk', 'ticket_field_history') }}

),

final as (

    select
        ticket_id,
        user_id,
        lower(field_name) as field_name,
        value,
        updated as updated_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
