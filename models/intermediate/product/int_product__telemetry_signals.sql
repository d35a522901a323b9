{# A view for its only reader; of a carried warehouse, of the workspaces that it replaces. #}
{{ config(materialized='view') }}

with

group_calls as (

    select * from {{ ref('stg_product_events__groups') }}
    {{ changed_only('int_changes__workspaces', 'group_id') }}

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
