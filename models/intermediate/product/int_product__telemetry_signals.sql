{{ config(materialized='view') }}

with

group_calls as (

    select * from {{ ref('stg_product_events__groups') }}

),

final as (

    select
        group_id,
        {{ reporting_date('event_at') }} as signal_on,
        min({{ known_on('event_at', 'recorded_at') }}) as known_on
    from group_calls
    group by group_id, {{ reporting_date('event_at') }}

)

select * from final
