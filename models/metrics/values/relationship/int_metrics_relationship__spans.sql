{{ config(materialized='view') }}

{%- set turnover_days = metric_parameter('key_contact_turnover', 'window_days') | int -%}
{%- set thread_days = metric_parameter('multithreading', 'window_days') | int -%}
{%- set champion_days = metric_parameter('champion_strength', 'window_days') | int -%}
{%- set meeting_days = metric_parameter('no_show_rate', 'window_days') | int -%}
with

touch_spans as (

    select * from {{ ref('int_metrics_relationship__touch_spans') }}

),

role_spans as (

    select * from {{ ref('int_metrics_relationship__role_spans') }}

),

interactions as (

    select * from {{ ref('fct_interactions') }}

),

business_reviews as (

    select * from {{ ref('fct_business_reviews') }}

),

meeting_outcomes as (

    select * from {{ ref('meeting_outcomes') }}

),

sponsors as (

    select
        account_id,
        contact_id,
        min(starts_on) as sponsor_from
    from role_spans
    where is_sponsor
    group by account_id, contact_id

),

{# Every fact with the dates on which it counts, so that one pass serves all values. #}
spans as (

    select
        'thread' as span_type,
        account_id,
        starts_on,
        {{ earlier_end('ends_on', add_days('last_touch_on', thread_days)) }} as ends_on,
        last_touch_on as happened_on
    from touch_spans
    union all
    select
        'advocate' as span_type,
        touch_spans.account_id,
        greatest(touch_spans.starts_on, role_spans.starts_on) as starts_on,
        {{ earlier_end(
            earlier_end('touch_spans.ends_on', 'role_spans.ends_on'),
            add_days('touch_spans.last_touch_on', champion_days)
        ) }} as ends_on,
        touch_spans.last_touch_on as happened_on
    from touch_spans
    inner join role_spans
        on
            touch_spans.account_id = role_spans.account_id
            and touch_spans.contact_id = role_spans.contact_id
    where role_spans.is_advocate
    union all
    select
        'exec_touch' as span_type,
        touch_spans.account_id,
        greatest(touch_spans.starts_on, sponsors.sponsor_from) as starts_on,
        touch_spans.ends_on,
        touch_spans.last_touch_on as happened_on
    from touch_spans
    inner join sponsors
        on
            touch_spans.account_id = sponsors.account_id
            and touch_spans.contact_id = sponsors.contact_id
    union all
    select
        'sponsor' as span_type,
        account_id,
        starts_on,
        ends_on,
        starts_on as happened_on
    from role_spans
    where is_sponsor
    union all
    select
        'key_contact' as span_type,
        account_id,
        {{ add_days('starts_on', turnover_days) }} as starts_on,
        {{ add_days('ends_on', turnover_days) }} as ends_on,
        departed_on as happened_on
    from role_spans
    where is_key_contact
    union all
    select
        case when meeting_outcomes.is_missed = 1 then 'missed' else 'attended' end as span_type,
        interactions.account_id,
        interactions.known_on as starts_on,
        {{ add_days('interactions.occurred_on', meeting_days) }} as ends_on,
        interactions.occurred_on as happened_on
    from interactions
    inner join meeting_outcomes on interactions.outcome = meeting_outcomes.outcome
    where meeting_outcomes.is_scheduled = 1
    union all
    select
        'review' as span_type,
        account_id,
        greatest(held_on, known_on) as starts_on,
        null as ends_on,
        held_on as happened_on
    from business_reviews
    where review_status = 'held' and held_on is not null

),

final as (

    select
        span_type,
        account_id,
        starts_on,
        ends_on,
        happened_on
    from spans
    where ends_on is null or ends_on > starts_on

)

select * from final
