{{ config(materialized='view') }}

{%- set window_days = metric_parameter('survey_response_rate', 'window_days') | int -%}
with

invitations as (

    select * from {{ ref('fct_survey_invitations') }}
    {{ affected_since('account_id', add_days('sent_on', window_days)) }}

),

survey_answers as (

    select * from {{ ref('fct_survey_answers') }}
    {{ affected_since('account_id', add_days('answered_on', window_days)) }}

),

{# What bounced was never asked. #}
events as (

    select
        account_id,
        contact_id,
        {{ counted_on('known_on') }} as known_on,
        sent_on as invited_on,
        cast(null as date) as replied_on
    from invitations
    where contact_id is not null and not coalesce(is_bounced, false)
    union all
    select
        account_id,
        contact_id,
        {{ counted_on('known_on') }} as known_on,
        null as invited_on,
        answered_on as replied_on
    from survey_answers
    where contact_id is not null

),

{% if carried_database() -%}
days as (

    select
        account_id,
        contact_id,
        known_on,
        max(invited_on) as invited_on,
        max(replied_on) as replied_on
    from events
    group by account_id, contact_id, known_on

),

{% endif -%}
{# One span of a contact covers a date, so that counting rows counts contacts. #}
running as (

    select
        account_id,
        contact_id,
        known_on as starts_on,
        lead(known_on) over contact_history as next_event_on,
        max(invited_on) over contact_history as last_invited_on,
        max(replied_on) over contact_history as last_replied_on
    from {{ 'days' if carried_database() else 'events' }}
    window contact_history as (
        partition by account_id, contact_id order by known_on nulls last
    )

),

spans as (

    select
        account_id,
        contact_id,
        starts_on,
        last_invited_on,
        last_replied_on,
        {{ earlier_end('next_event_on', add_days('last_invited_on', window_days)) }} as ends_on
    from running
    where last_invited_on is not null

),

final as (

    select
        account_id,
        contact_id,
        starts_on,
        ends_on,
        last_invited_on,
        last_replied_on
    from spans
    where starts_on < ends_on

)

select * from final
