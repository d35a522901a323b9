{#
    A view: this is the only table of the warehouse with tens of millions of rows, and whoever
    reads it needs only a few of its columns.
#}
{{ config(materialized='view') }}

with

tracks as (

    select * from {{ ref('stg_product_events__tracks') }}

),

product_features as (

    select * from {{ ref('product_features') }}

),

{# An event without a feature still proves that somebody was at work. #}
final as (

    select
        tracks.event_id,
        tracks.group_id,
        tracks.user_id,
        product_features.feature_id,
        product_features.feature_bit,
        product_features.is_core_feature,
        product_features.is_value_event,
        product_features.milestone_id,
        tracks.user_type = 'human' as is_human,
        {{ reporting_date('tracks.event_at') }} as event_on,
        {{ known_on('tracks.event_at', 'tracks.recorded_at') }} as known_on
    from tracks
    left join product_features on tracks.event_name = product_features.event_name

)

select * from final
