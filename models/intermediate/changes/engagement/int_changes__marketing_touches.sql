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

    {{ changed_rows(ref('stg_marketing__event_attendance'), ['event_attendance_id']) }}

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

),

final as (

    select marketing_touch_id from changes

)

select * from final
