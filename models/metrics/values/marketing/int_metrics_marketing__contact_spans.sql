with

marketing_contacts as (

    select * from {{ ref('dim_marketing_contacts') }}

),

marketing_touches as (

    select * from {{ ref('fct_marketing_touches') }}

),

events as (

    select
        account_id,
        contact_key,
        known_on,
        known_on as contact_known_on,
        case when is_marketable then 1 else 0 end as is_marketable,
        cast(null as date) as delivered_on,
        cast(null as date) as clicked_on,
        cast(null as date) as participated_on,
        cast(null as date) as opted_out_on
    from marketing_contacts
    union all
    select
        account_id,
        contact_key,
        known_on,
        null as contact_known_on,
        0 as is_marketable,
        case when touch_type = 'delivered' then touched_on end as delivered_on,
        case when touch_type = 'human_click' then touched_on end as clicked_on,
        case when touch_type = 'participation' then touched_on end as participated_on,
        case when touch_type = 'opt_out' then known_on end as opted_out_on
    from marketing_touches

),

{# What was known of a contact from each day on: one span of a contact covers a date, so that
   counting rows counts contacts. #}
running as (

    select
        account_id,
        contact_key,
        known_on as starts_on,
        lead(known_on) over contact_history as ends_on,
        min(contact_known_on) over contact_history as contact_known_on,
        max(is_marketable) over contact_history as is_marketable,
        max(delivered_on) over contact_history as delivered_on,
        max(clicked_on) over contact_history as clicked_on,
        max(participated_on) over contact_history as participated_on,
        min(opted_out_on) over contact_history as opted_out_on
    from events
    window contact_history as (
        partition by account_id, contact_key order by known_on nulls last
    )

),

final as (

    select
        account_id,
        contact_key,
        starts_on,
        ends_on,
        contact_known_on,
        delivered_on,
        clicked_on,
        participated_on,
        opted_out_on,
        is_marketable = 1 or opted_out_on is not null as is_marketable
    from running
    where ends_on is null or ends_on > starts_on

)

select * from final
