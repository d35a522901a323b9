{{ config(materialized='incremental') }}

with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

evidence as (

    select * from {{ ref('int_metrics_usage__evidence') }}

),

{# Spine rows and evidence in one line of time: a running total then needs no join by range. #}
moments as (

    select
        {{ key_hash(['account_id']) }} as account_key,
        account_id,
        as_of_date as counted_on,
        cast(null as date) as first_user_on,
        cast(null as date) as last_user_on,
        cast(null as date) as last_signal_on,
        cast(null as bigint) as milestones
    from spine
    union all
    select
        account_key,
        cast(null as {{ dbt.type_string() }}) as account_id,
        counted_on,
        first_user_on,
        last_user_on,
        last_signal_on,
        milestones
    from evidence

),

running_moments as (

    select
        account_id,
        account_key,
        counted_on as as_of_date,
        min(first_user_on) over history as first_user_on,
        max(last_user_on) over history as last_user_on,
        max(last_signal_on) over history as last_signal_on,
        {{ bits_in_any('milestones') }} over history as milestones
    from moments
    window history as (
        partition by account_key
        order by counted_on asc
        range between unbounded preceding and current row
    )

),

final as (

    select
        account_id,
        as_of_date,
        account_key,
        first_user_on,
        last_user_on,
        last_signal_on,
        coalesce(milestones, 0) as milestones,
        {{ bit_total('coalesce(milestones, 0)') }} as milestone_count
    from running_moments
    where account_id is not null

)

select * from final
