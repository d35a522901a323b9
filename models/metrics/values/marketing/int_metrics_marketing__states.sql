{%- set click_days = metric_parameter('email_click_rate', 'window_days') -%}
{%- set program_days = metric_parameter('program_participation', 'window_days') -%}
{%- set optout_days = metric_parameter('optout_share', 'window_days') -%}
with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

contact_spans as (

    select * from {{ ref('int_metrics_marketing__contact_spans') }}

),

contacts_by_date as (

    select
        spine.account_id,
        spine.as_of_date,
        contact_spans.delivered_on,
        contact_spans.is_marketable,
        {{ days_between('contact_spans.delivered_on', 'spine.as_of_date') }} as delivered_age,
        {{ days_between('contact_spans.clicked_on', 'spine.as_of_date') }} as clicked_age,
        {{ days_between('contact_spans.participated_on', 'spine.as_of_date') }} as participated_age,
        {{ days_between('contact_spans.contact_known_on', 'spine.as_of_date') }} as known_age,
        {{ days_between('contact_spans.opted_out_on', 'spine.as_of_date') }} as opted_out_age
    from contact_spans
    inner join spine
        on
            contact_spans.account_id = spine.account_id
            and {{ valid_on('spine.as_of_date', 'contact_spans', 'starts_on', 'ends_on') }}

),

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
            where
                is_marketable and known_age >= {{ optout_days }}
                and coalesce(opted_out_age < {{ optout_days }}, true)
        ) as marketable_count,
        count(*) filter (
            where
                is_marketable and known_age >= {{ optout_days }}
                and opted_out_age < {{ optout_days }}
        ) as opted_out_count,
        max(delivered_on) as last_delivered_on
    from contacts_by_date
    group by account_id, as_of_date

)

select * from final
