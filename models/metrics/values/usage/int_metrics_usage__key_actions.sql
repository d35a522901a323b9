with

account_slots as (

    select * from {{ ref('int_metrics_usage__account_slots') }}

),

slot_windows as (

    select * from {{ ref('int_metrics_usage__slot_windows') }}

),

{# The slot across the far edge of the older window counts with its later part only. #}
final as (

    select
        account_slots.account_key,
        slot_windows.as_of_date,
        cast(
            sum(
                case when slot_windows.is_recent then account_slots.value_events else 0 end
            ) as bigint
        ) as recent_value_events,
        cast(
            sum(
                case
                    when slot_windows.is_recent then 0
                    when slot_windows.is_whole then account_slots.value_events
                    else account_slots.value_events_after_split
                end
            ) as bigint
        ) as earlier_value_events
    from account_slots
    inner join slot_windows on account_slots.slot_ends_on = slot_windows.slot_ends_on
    where
        account_slots.late_known_on is null
        or account_slots.late_known_on <= slot_windows.as_of_date
    group by account_slots.account_key, slot_windows.as_of_date

)

select * from final
