{{ config(materialized='view') }}

with

marketing_contacts as (

    select * from {{ ref('dim_marketing_contacts') }}
    {{ affected_since('account_id', latest_date()) }}

),

marketing_touches as (

    select * from {{ ref('fct_marketing_touches') }}

),

account_touches as (

    select * from marketing_touches
    {{ affected_since('account_id', latest_date()) }}

),

events as (

    select
        account_id,
        contact_key,
        {{ counted_on('known_on') }} as known_on,
        cast(null as date) as delivered_on,
        cast(null as date) as clicked_on,
        cast(null as date) as participated_on
    from marketing_contacts
    union all
    select
        account_id,
        contact_key,
        {{ counted_on('known_on') }} as known_on,
        case when touch_type = 'delivered' then touched_on end as delivered_on,
        case when touch_type = 'human_click' then touched_on end as clicked_on,
        case when touch_type = 'participation' then touched_on end as participated_on
    from account_touches

),

{% if carried_database() -%}
days as (

    select
        account_id,
        contact_key,
        known_on,
        max(delivered_on) as delivered_on,
        max(clicked_on) as clicked_on,
        max(participated_on) as participated_on
    from events
    group by account_id, contact_key, known_on

),

{% endif -%}
{# What was known of a contact from each day on: one span of a contact covers a date, so that
   counting rows counts contacts. #}
running as (

    select
        account_id,
        contact_key,
        known_on as starts_on,
        lead(known_on) over contact_history as ends_on,
        max(delivered_on) over contact_history as delivered_on,
        max(clicked_on) over contact_history as clicked_on,
        max(participated_on) over contact_history as participated_on
    from {{ 'days' if carried_database() else 'events' }}
    window contact_history as (
        partition by account_id, contact_key order by known_on nulls last
    )

),

{# A person leaves as a person, also when a merge has moved the address to another account. #}
opt_outs as (

    select
        contact_key,
        min(known_on) as opted_out_on
    from marketing_touches
    where touch_type = 'opt_out'
    group by contact_key

),

final as (

    select
        running.account_id,
        running.contact_key,
        running.starts_on,
        running.ends_on,
        running.delivered_on,
        running.clicked_on,
        running.participated_on,
        opt_outs.opted_out_on,
        marketing_contacts.known_on as contact_known_on,
        coalesce(marketing_contacts.is_marketable, false) as is_marketable
    from running
    left join marketing_contacts
        on
            running.account_id = marketing_contacts.account_id
            and running.contact_key = marketing_contacts.contact_key
    left join opt_outs on running.contact_key = opt_outs.contact_key
    where running.ends_on is null or running.ends_on > running.starts_on

)

select * from final
