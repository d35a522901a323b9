with

user_slots as (

    select * from {{ ref('int_metrics_usage__user_slots') }}

),

final as (

    select
        account_key,
        slot_ends_on,
        late_known_on,
        cast(
            coalesce(sum(value_events) filter (where user_key is not null), 0) as bigint
        ) as value_events,
        cast(
            coalesce(sum(value_events_after_split) filter (where user_key is not null), 0)
            as bigint
        ) as value_events_after_split,
        {{ bits_in_any('milestones') }} filter (where user_key is not null) as milestones,
        min(first_event_on) filter (where user_key is not null) as first_user_on,
        max(last_event_on) filter (where user_key is not null) as last_user_on,
        max(last_event_on) as last_event_on
    from user_slots
    group by account_key, slot_ends_on, late_known_on

)

select * from final
