select
    cast(null as varchar) as event_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as feature_id,
    cast(null as integer) as feature_bit,
    cast(null as boolean) as is_core_feature,
    cast(null as boolean) as is_value_event,
    cast(null as varchar) as milestone_id,
    cast(null as boolean) as is_human,
    cast(null as date) as event_on,
    cast(null as date) as known_on
where false
