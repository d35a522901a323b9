{{ config(materialized='incremental') }}

with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

states as (

    select * from {{ ref('int_metrics_marketing__states') }}

),

clocks as (

    select * from {{ ref('int_metrics_sources__clocks') }}

),

{# Seats cap the contacts that can take part: a large mailing list is not a large customer. #}
bases as (

    select
        spine.account_id,
        spine.as_of_date,
        clocks.marketing_last_on,
        clocks.is_marketing_late,
        states.delivered_count,
        states.clicked_count,
        states.participant_count,
        states.marketable_count,
        states.opted_out_count,
        states.last_delivered_on,
        states.contact_count is not null as has_contacts,
        case
            when coalesce(spine.has_unlimited_seats, false) then states.contact_count
            when spine.seats < states.contact_count then spine.seats
            else states.contact_count
        end as invitable_count
    from spine
    inner join clocks on spine.as_of_date = clocks.as_of_date
    left join states
        on
            spine.account_id = states.account_id
            and spine.as_of_date = states.as_of_date

),

final as (

    select
        account_id,
        as_of_date,
        cast(clicked_count as {{ type_double() }})
        / nullif(delivered_count, 0) as email_click_rate_value,
        cast(null as {{ dbt.type_string() }}) as email_click_rate_hint,
        cast(coalesce(delivered_count, 0) as {{ type_double() }}) as email_click_rate_sample,
        last_delivered_on as email_click_rate_last_on,
        case
            when not is_marketing_late and invitable_count > 0
                then
                    cast(least(participant_count, invitable_count) as {{ type_double() }})
                    / invitable_count
        end as program_participation_value,
        case
            when has_contacts and is_marketing_late then 'source_late'
        end as program_participation_hint,
        cast(null as {{ type_double() }}) as program_participation_sample,
        case when has_contacts then marketing_last_on end as program_participation_last_on,
        case
            when not is_marketing_late
                then cast(opted_out_count as {{ type_double() }}) / nullif(marketable_count, 0)
        end as optout_share_value,
        case
            when marketable_count > 0 and is_marketing_late then 'source_late'
        end as optout_share_hint,
        cast(coalesce(marketable_count, 0) as {{ type_double() }}) as optout_share_sample,
        case when has_contacts then marketing_last_on end as optout_share_last_on
    from bases

)

select * from final
