{{ config(materialized='view') }}

with

grid_spans as (

    select * from {{ ref('int_metrics_grid__spans') }}

),

affected_spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

affected_days as (

    select distinct as_of_date from affected_spine

),

final as (

    select
        grid_spans.start_number,
        grid_spans.end_number,
        grid_spans.as_of_date
    from grid_spans
    inner join affected_days on grid_spans.as_of_date = affected_days.as_of_date

)

select * from final
