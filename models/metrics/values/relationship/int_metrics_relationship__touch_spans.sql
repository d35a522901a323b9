{{ config(materialized='view') }}

with

interactions as (

    select * from {{ ref('fct_interactions') }}
    {{ affected_since('account_id', latest_date()) }}

),

touches as (

    select
        account_id,
        contact_id,
        {{ counted_on('known_on') }} as known_on,
        {{ 'max(occurred_on)' if carried_database() else 'occurred_on' }} as occurred_on
    from interactions
    where is_two_way and contact_id is not null
    {%- if carried_database() %}
    group by account_id, contact_id, {{ counted_on('known_on') }}
    {%- endif %}

),

{# One span of a contact covers a date, so that counting rows counts contacts. #}
running as (

    select
        account_id,
        contact_id,
        known_on as starts_on,
        lead(known_on) over contact_history as ends_on,
        max(occurred_on) over contact_history as last_touch_on
    from touches
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
