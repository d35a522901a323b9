{{ config(materialized='view') }}

{% set shifted_points -%}
    paired_shares.gain * (
        paired_shares.objective_share * dimension_effects.mean_effect
        - paired_shares.since_objective_share * dimension_effects.since_mean_effect
    )
{%- endset %}

with

metric_effects as (

    select * from {{ ref('int_scoring_bridge__metric_effects') }}

),

paired_shares as (

    select * from {{ ref('int_scoring_bridge__paired_shares') }}

),

{# Summed by dimension before the objectives come in: nine rows times four, not forty-five. #}
dimension_effects as (

    select
        account_id,
        since_date,
        as_of_date,
        periods_apart,
        {%- for term in ['metric', 'baseline', 'quality', 'mean'] %}
        {{ settled('sum(since_dimension_share * ' ~ term ~ '_effect)') }}
            as since_{{ term }}_effect,
        {{ settled('sum(dimension_share * ' ~ term ~ '_effect)') }} as {{ term }}_effect,
        {%- endfor %}
        dimension_id
    from metric_effects
    group by account_id, since_date, as_of_date, periods_apart, dimension_id

),

final as (

    select
        dimension_effects.account_id,
        dimension_effects.since_date,
        dimension_effects.as_of_date,
        dimension_effects.periods_apart,
        paired_shares.objective_id,
        {%- for term in ['metric', 'baseline', 'quality'] %}
        {{ settled(
            'sum(paired_shares.gain * ' ~ midpoint(
                'paired_shares.since_objective_share * dimension_effects.since_'
                ~ term ~ '_effect',
                'paired_shares.objective_share * dimension_effects.' ~ term ~ '_effect'
            ) ~ ')'
        ) }} as {{ term }}_points,
        {%- endfor %}
        {{ settled('sum(case when paired_shares.has_other_card then 0 else '
            ~ shifted_points ~ ' end)') }} as weight_points,
        {{ settled('sum(case when paired_shares.has_other_card then '
            ~ shifted_points ~ ' else 0 end)') }} as card_points
    from dimension_effects
    inner join paired_shares
        on
            dimension_effects.account_id = paired_shares.account_id
            and dimension_effects.since_date = paired_shares.since_date
            and dimension_effects.as_of_date = paired_shares.as_of_date
            and dimension_effects.periods_apart = paired_shares.periods_apart
            and dimension_effects.dimension_id = paired_shares.dimension_id
    group by
        dimension_effects.account_id,
        dimension_effects.since_date,
        dimension_effects.as_of_date,
        dimension_effects.periods_apart,
        paired_shares.objective_id

)

select * from final
