{# A view for its only reader; of a carried warehouse, of the meetings that it replaces. #}
{{ config(materialized='view') }}

with

events as (

    select * from {{ ref('stg_salesforce__event') }}
    {{ changed_only('int_changes__meetings', 'event_id') }}

),

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

{#
    The copies that the calendar keeps for each invited person are the same meeting. One that
    names no account counts once its contact is known.
#}
meetings as (

    select
        events.event_id,
        coalesce(events.account_id, contacts.account_id) as crm_account_id,
        events.contact_id,
        events.outcome,
        {{ hours_between('events.cancelled_at', 'events.starts_at') }} as notice_hours,
        events.starts_at,
        events.recorded_at,
        case when events.account_id is null then contacts.known_on end as contact_known_on
    from events
    left join contacts on events.contact_id = contacts.contact_id
    where not events.is_child

),

{# Without a time of cancelling the customer has the benefit of the doubt. #}
judged_meetings as (

    select
        meetings.*,
        case
            when meetings.outcome != 'cancelled_by_customer' then meetings.outcome
            when meetings.notice_hours < {{ setting('late_cancellation_hours') }}
                then 'cancelled_late_by_customer'
            when meetings.outcome is not null then 'cancelled_early_by_customer'
        end as meeting_outcome
    from meetings

),

final as (

    select
        'meeting-' || event_id as interaction_id,
        crm_account_id,
        contact_id,
        'meeting' as interaction_type,
        coalesce(meeting_outcome = 'held', false) as is_two_way,
        meeting_outcome as outcome,
        {{ reporting_date('starts_at') }} as occurred_on,
        recorded_at,
        {{ later_start(known_on('starts_at', 'recorded_at'), 'contact_known_on') }} as known_on
    from judged_meetings

)

select * from final
