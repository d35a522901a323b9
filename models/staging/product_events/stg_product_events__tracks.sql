{{ config(materialized='view') }}

with

checked as (

    {{ checked_source('product_events', 'tracks', ref('stg_product_events__suspect_tracks')) }}

),

final as (

    select
        id as event_id,
        event as event_name,
        user_id,
        context_group_id as group_id,
        lower(context_user_type) as user_type,
        timestamp as event_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
