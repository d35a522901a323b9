{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'email_event_id'}}
) }}

with

checked as (

    {{ checked_source('marketing', 'email_event') }}

),

{# Few people get many messages, so each address is hashed once. #}
addresses as (

    select distinct recipient
    from checked

),

keyed_addresses as (

    select
        recipient,
        {{ email_hash('recipient') }} as email_hash,
        {{ email_domain('recipient') }} as email_domain
    from addresses

),

final as (

    select
        checked.id as email_event_id,
        checked.email_campaign_id,
        checked.obsoleted_by_id,
        checked.type as event_type,
        keyed_addresses.email_hash,
        keyed_addresses.email_domain,
        checked.created as created_at,
        coalesce(checked.filtered_event, false) as is_filtered,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join keyed_addresses
        on checked.recipient = keyed_addresses.recipient

)

select * from final
