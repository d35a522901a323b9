{{ config(materialized='view') }}

with

firmographics as (

    select * from {{ ref('stg_market__firmographic') }}

),

{# Vintages are kept: a feed that revises its past must not revise ours. #}
final as (

    select
        domain,
        vintage_date,
        employee_count,
        recorded_at,
        {{ known_on('vintage_date', 'recorded_at') }} as known_on
    from firmographics

)

select * from final
