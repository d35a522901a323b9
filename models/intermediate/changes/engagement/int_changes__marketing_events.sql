{#- Whether a click was a machine's hangs on the deliveries of its message. -#}
{%- set message = ['email_campaign_id', 'email_hash'] -%}
with

email_events as (

    select * from {{ ref('stg_marketing__email_event') }}

),

{# A large table that is read once is not copied. #}
clicks as (

    select * from {{ ref('stg_marketing__email_event') }}
    where event_type = 'click'

),

changed_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_events as (

    {{ landed_values(ref('stg_marketing__email_event'), ['email_event_id']) }}

),

changed_statuses as (

    {{ landed_values(ref('stg_marketing__email_event_status_change'), ['email_event_id']) }}

),

changed_messages as (

    {{ landed_values(ref('stg_marketing__email_event'), message) }}

),

changes as (

    select email_event_id from changed_events
    union distinct
    select email_event_id from changed_statuses
    union distinct
    select clicks.email_event_id
    from clicks
    inner join changed_messages
        on
            clicks.email_campaign_id = changed_messages.email_campaign_id
            and clicks.email_hash = changed_messages.email_hash
    union distinct
    select email_events.email_event_id
    from email_events
    inner join changed_links on email_events.email_hash = changed_links.source_key
    where changed_links.source_system = 'marketing'

),

final as (

    select email_event_id from changes

)

select * from final
