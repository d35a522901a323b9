{{ config(materialized='view') }}

with

interactions as (

    select * from {{ ref('fct_interactions') }}

),

{# One span of a contact covers a date, so that counting rows counts contacts. #}
running as (

    select
        account_id,
        contact_id,
        known_on as starts_on,
        lead(known_on) over contact_history as ends_on,
        max(occurred_on) over contact_history as last_touch_on
    from interactions
    where is_two_way and contact_id is not null
    window contact_history as (
        partition by account_id, contact_id order by known_on nulls last
    )

),

final as (

    select
        account_id,
        contact_id,
        starts_on,
        ends_on,
        last_touch_on
    from running
    where ends_on is null or ends_on > starts_on

)

select * from final
