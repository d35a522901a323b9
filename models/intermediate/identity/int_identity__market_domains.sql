{{ config(materialized='view') }}

with

firmographics as (

    select * from {{ ref('stg_market__firmographic') }}

),

external_events as (

    select * from {{ ref('stg_market__external_event') }}

),

mentions as (

    select * from {{ ref('stg_market__mention') }}

),

mentioned_domains as (

    select
        domain,
        recorded_at
    from firmographics
    union all
    select
        domain,
        recorded_at
    from external_events
    union all
    select
        domain,
        recorded_at
    from mentions

),

final as (

    select
        domain,
        min(recorded_at) as recorded_at
    from mentioned_domains
    where domain is not null
    group by domain

)

select * from final
