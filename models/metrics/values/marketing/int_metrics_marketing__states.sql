{%- set click_days = metric_parameter('email_click_rate', 'window_days') -%}
{%- set program_days = metric_parameter('program_participation', 'window_days') -%}
{%- set optout_days = metric_parameter('optout_share', 'window_days') -%}
with

contact_spans as (

    select * from {{ ref('int_metrics_marketing__contact_spans') }}
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

contacts_by_date as (

    select
        contact_spans.account_id,
        grid_spans.as_of_date,
        contact_spans.delivered_on,
        contact_spans.is_marketable,
        {{ days_between('contact_spans.delivered_on', 'grid_spans.as_of_date') }} as delivered_age,
        {{ days_between('contact_spans.clicked_on', 'grid_spans.as_of_date') }} as clicked_age,
        {{ days_between('contact_spans.participated_on', 'grid_spans.as_of_date') }}
            as participated_age,
        {{ days_between('contact_spans.contact_known_on', 'grid_spans.as_of_date') }} as known_age,
        {{ days_between('contact_spans.opted_out_on', 'grid_spans.as_of_date') }} as opted_out_age
    from contact_spans
    inner join grid_days as start_days
        on {{ counted_on('contact_spans.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on contact_spans.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number

),

{# Who has opted out, be it after the date, could be written to before: the flag tells of today. #}
final as (

    select
        account_id,
        as_of_date,
        count(*) as contact_count,
        count(*) filter (where delivered_age < {{ click_days }}) as delivered_count,
        count(*) filter (
            where delivered_age < {{ click_days }} and clicked_age < {{ click_days }}
        ) as clicked_count,
        count(*) filter (where participated_age < {{ program_days }}) as participant_count,
        count(*) filter (
            where known_age >= {{ optout_days }}
            and coalesce(opted_out_age < {{ optout_days }}, is_marketable)
        ) as marketable_count,
        count(*) filter (
            where known_age >= {{ optout_days }}
            and opted_out_age >= 0 and opted_out_age < {{ optout_days }}
        ) as opted_out_count,
        max(delivered_on) as last_delivered_on
    from contacts_by_date
    group by account_id, as_of_date

)

select * from final
