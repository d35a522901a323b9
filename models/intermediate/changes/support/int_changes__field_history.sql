with

field_history as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}

),

changed_tickets as (

    select * from {{ ref('int_changes__tickets') }}

),

final as (

    select
        field_history.ticket_id,
        field_history.user_id,
        field_history.field_name,
        field_history.value,
        field_history.updated_at,
        field_history.recorded_at
    from field_history
    inner join changed_tickets on field_history.ticket_id = changed_tickets.ticket_id

)

select * from final
