{{ config(materialized='incremental') }}

{#- Value, its expression, what may stand in its place, when its source was last heard from. -#}
{%- set values = [
    ('seat_pressure', 'seat_pressure', 'seats_hint', 'last_signal_on'),
    ('consumption_pace', 'consumption_pace', 'pace_hint', 'billing_last_on'),
    ('whitespace', 'open_share', 'whitespace_hint', 'billing_last_on'),
    (
        'expansion_pipeline_ratio', 'expansion_pipeline_ratio', 'pipeline_hint',
        'pipeline_last_on'
    ),
] -%}
{%- set min_elapsed_share = metric_parameter('consumption_pace', 'min_elapsed_share') -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

usage_states as (

    select * from {{ ref('int_metrics_usage__states') }}

),

billing_clocks as (

    select * from {{ ref('int_metrics_sources__clocks') }}

),

pipeline_clocks as (

    select * from {{ ref('int_metrics_expansion__pipeline_clocks') }}

),

consumption as (

    select * from {{ ref('int_metrics_expansion__consumption') }}

),

whitespace as (

    select * from {{ ref('int_metrics_expansion__whitespace') }}

),

pipelines as (

    select * from {{ ref('int_metrics_expansion__pipelines') }}

),

{# Today's seats against the busiest of three windows: seats that were added since have relieved the
   pressure of the earlier ones. #}
states as (

    select
        spine.account_id,
        spine.as_of_date,
        case
            when usage_states.has_unlimited_seats or usage_states.is_consumption_plan
                then 'not_applicable'
            else usage_states.telemetry_hint
        end as seats_hint,
        cast(
            greatest(
                usage_states.window_0_users,
                usage_states.window_1_users,
                usage_states.window_2_users
            ) as {{ type_double() }}
        ) / usage_states.seats as seat_pressure,
        usage_states.last_signal_on,
        case
            when
                consumption.account_id is null
                or consumption.elapsed_share < {{ min_elapsed_share }}
                then 'not_applicable'
            when billing_clocks.is_billing_late then 'source_late'
        end as pace_hint,
        case
            when consumption.is_measured
                then consumption.consumed_units / nullif(consumption.expected_units, 0)
        end as consumption_pace,
        case
            when
                coalesce(whitespace.module_count, 0)
                < {{ metric_parameter('whitespace', 'min_modules') }}
                then 'not_applicable'
            when billing_clocks.is_billing_late then 'source_late'
        end as whitespace_hint,
        whitespace.open_adoption / nullif(whitespace.total_adoption, 0) as open_share,
        billing_clocks.billing_last_on,
        pipeline_clocks.pipeline_hint,
        coalesce(pipelines.weighted_amount, 0)
        / nullif(spine.arr, 0) as expansion_pipeline_ratio,
        pipeline_clocks.pipeline_last_on
    from spine
    inner join usage_states
        on
            spine.account_id = usage_states.account_id
            and spine.as_of_date = usage_states.as_of_date
    inner join billing_clocks on spine.as_of_date = billing_clocks.as_of_date
    inner join pipeline_clocks on spine.as_of_date = pipeline_clocks.as_of_date
    left join consumption
        on
            spine.account_id = consumption.account_id
            and spine.as_of_date = consumption.as_of_date
    left join whitespace
        on
            spine.account_id = whitespace.account_id
            and spine.as_of_date = whitespace.as_of_date
    left join pipelines
        on
            spine.account_id = pipelines.account_id
            and spine.as_of_date = pipelines.as_of_date

),

final as (

    select
        account_id,
        {%- for value_id, expression, hint, last_on in values %}
        cast(
            case when {{ hint }} is null then {{ expression }} end as {{ type_double() }}
        ) as {{ value_id }}_value,
        {{ hint }} as {{ value_id }}_hint,
        cast(null as {{ type_double() }}) as {{ value_id }}_sample,
        {{ last_on }} as {{ value_id }}_last_on,
        {%- endfor %}
        as_of_date
    from states

)

select * from final
