with

event_attendances as (

    select * from {{ ref('stg_marketing__event_attendance') }}

),

changed_events as (

    select * from {{ ref('int_changes__marketing_events') }}

),

changed_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_attendances as (

    {{ landed_values(ref('stg_marketing__event_attendance'), ['event_attendance_id']) }}

),

carried_touches as (

    {{ carried_rows('fct_marketing_touches', {
        'marketing_touch_id': dbt.type_string(),
        'contact_key': dbt.type_string(),
    }) }}

),

{# What an event was before may be another kind of touch than what it is now. #}
changes as (

    {% for touch_type in ['delivered', 'human_click', 'opt_out'] -%}
    select '{{ touch_type }}-' || email_event_id as marketing_touch_id
    from changed_events
    union distinct
    {% endfor -%}
    select 'participation-' || event_attendance_id as marketing_touch_id
    from changed_attendances
    union distinct
    select 'participation-' || event_attendances.event_attendance_id as marketing_touch_id
    from event_attendances
    inner join changed_links on event_attendances.email_hash = changed_links.source_key
    where changed_links.source_system = 'marketing'
    union distinct
    {# Of an erased address no event is left that would name the touch. #}
    select marketing_touch_id
    from carried_touches
    where contact_key is null

),

final as (

    select marketing_touch_id from changes

)

select * from final
