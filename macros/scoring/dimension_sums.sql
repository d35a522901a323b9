{# The weighted sums of a domain's metrics. One table per domain keeps each small enough for memory. #}
{% macro dimension_sums(domain) -%}
with

metric_scores as (

    select * from {{ ref('fct_account_metric_scores') }}
    {{ affected_only() }}

),

metric_weights as (

    select * from {{ ref('int_scoring__metric_weights') }}

),

{# What does not apply has no weight; what is unknown keeps its weight and counts as typical. #}
weighted_scores as (

    select
        metric_scores.account_id,
        metric_scores.as_of_date,
        metric_scores.dimension_id,
        case when metric_scores.is_applicable then metric_weights.weight else 0 end as weight,
        metric_scores.effective_score,
        metric_scores.typical_score,
        metric_scores.quality,
        metric_weights.score_sd
    from metric_scores
    inner join metric_weights
        on
            metric_scores.card_id = metric_weights.card_id
            and metric_scores.metric_id = metric_weights.metric_id
            and {{ valid_on('metric_scores.as_of_date', 'metric_weights') }}
    where metric_scores.value_domain = '{{ domain }}'

),

final as (

    select
        account_id,
        as_of_date,
        dimension_id,
        {{ settled('sum(weight)') }} as weight_sum,
        {{ settled('sum(weight * effective_score)') }} as effective_sum,
        {{ settled('sum(weight * typical_score)') }} as typical_sum,
        {{ settled('sum(weight * quality)') }} as known_sum,
        {{ settled('sum(weight * (1 - quality) * typical_score)') }} as assumed_sum,
        {{ settled('sum(power(weight * score_sd, 2) * (1 - quality))') }} as variance_sum,
        count(*) filter (where weight > 0) as metric_count,
        count(*) filter (where weight * quality > 0) as observed_metric_count
    from weighted_scores
    group by account_id, as_of_date, dimension_id

)

select * from final
{%- endmacro %}
