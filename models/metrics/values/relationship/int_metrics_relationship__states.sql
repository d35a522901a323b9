{{ config(materialized='view') }}

with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

spans as (

    select * from {{ ref('int_metrics_relationship__spans') }}
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

role_spans as (

    select * from {{ ref('int_metrics_relationship__role_spans') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

first_tags as (

    select
        account_id,
        min(starts_on) as first_tagged_on
    from role_spans
    group by account_id

),

spans_by_date as (

    select
        spans.account_id,
        grid_spans.as_of_date,
        count(*) filter (where spans.span_type = 'thread') as thread_count,
        count(*) filter (where spans.span_type = 'advocate') as advocate_count,
        count(*) filter (where spans.span_type = 'sponsor') as sponsor_count,
        count(*) filter (where spans.span_type = 'key_contact') as key_contact_count,
        count(*) filter (
            where spans.span_type = 'key_contact' and spans.happened_on <= grid_spans.as_of_date
        ) as departed_count,
        count(*) filter (where spans.span_type in ('missed', 'attended')) as meeting_count,
        count(*) filter (where spans.span_type = 'missed') as missed_count,
        max(spans.happened_on) filter (
            where spans.span_type in ('missed', 'attended')
        ) as last_meeting_on,
        max(spans.happened_on) filter (
            where spans.span_type = 'exec_touch'
        ) as last_exec_touch_on,
        max(spans.happened_on) filter (where spans.span_type = 'review') as last_review_on
    from spans
    inner join grid_days as start_days
        on {{ counted_on('spans.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on spans.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number
    group by spans.account_id, grid_spans.as_of_date

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.segment,
        spine.touch_model,
        spine.tenure_days,
        coalesce(spine.activity_sync_enabled, false) as is_synced,
        coalesce(first_tags.first_tagged_on <= spine.as_of_date, false) as has_tags,
        coalesce(spans_by_date.thread_count, 0) as thread_count,
        coalesce(spans_by_date.advocate_count, 0) as advocate_count,
        coalesce(spans_by_date.sponsor_count, 0) as sponsor_count,
        coalesce(spans_by_date.key_contact_count, 0) as key_contact_count,
        coalesce(spans_by_date.departed_count, 0) as departed_count,
        coalesce(spans_by_date.meeting_count, 0) as meeting_count,
        coalesce(spans_by_date.missed_count, 0) as missed_count,
        spans_by_date.last_meeting_on,
        spans_by_date.last_exec_touch_on,
        spans_by_date.last_review_on
    from spine
    left join first_tags on spine.account_id = first_tags.account_id
    left join spans_by_date
        on
            spine.account_id = spans_by_date.account_id
            and spine.as_of_date = spans_by_date.as_of_date

)

select * from final
