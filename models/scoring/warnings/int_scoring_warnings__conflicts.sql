with

contributions as (

    select * from {{ ref('int_scoring__current_contributions') }}

),

metric_scores as (

    select * from {{ ref('int_scoring__current_metric_scores') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

warning_settings as (

    select * from {{ ref('warning_settings') }}
    where is_published

),

eligible_scores as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.objective_id,
        health_scores.base_score
    from health_scores
    inner join warning_settings
        on health_scores.objective_id = warning_settings.objective_id
    where
        health_scores.as_of_date = {{ as_of_date() }}
        and health_scores.is_eligible

),

weighted_metrics as (

    select
        contributions.account_id,
        contributions.metric_weight,
        contributions.metric_weight * metric_scores.quality as known_weight,
        contributions.metric_weight * metric_scores.effective_score as weighted_score,
        contributions.contribution_points,
        metric_scores.input_status != 'source_late' as is_timely,
        contributions.dimension_id = warning_settings.sentiment_dimension_id as is_sentiment
    from contributions
    inner join warning_settings
        on contributions.objective_id = warning_settings.objective_id
    inner join metric_scores
        on
            contributions.account_id = metric_scores.account_id
            and contributions.metric_id = metric_scores.metric_id

),

{# Twice: with everything, and without the metrics whose source is late. Both are measured against
   the whole weight, so what is late is missing. #}
sums as (

    select
        {%- for kind, condition in {'any': 'true', 'timely': 'is_timely'}.items() %}
        sum(weighted_score) filter (where {{ condition }} and is_sentiment)
        / nullif(sum(metric_weight) filter (where {{ condition }} and is_sentiment), 0)
            as {{ kind }}_sentiment_score,
        sum(known_weight) filter (where {{ condition }} and is_sentiment)
        / nullif(sum(metric_weight) filter (where is_sentiment), 0)
            as {{ kind }}_sentiment_coverage,
        sum(contribution_points) filter (where {{ condition }} and not is_sentiment)
        / nullif(sum(metric_weight) filter (where {{ condition }} and not is_sentiment), 0)
            as {{ kind }}_other_points,
        sum(known_weight) filter (where {{ condition }} and not is_sentiment)
        / nullif(sum(metric_weight) filter (where not is_sentiment), 0)
            as {{ kind }}_other_coverage,
        {%- endfor %}
        account_id
    from weighted_metrics
    group by account_id

),

judged as (

    select
        eligible_scores.account_id,
        eligible_scores.as_of_date,
        {%- for kind in ['any', 'timely'] %}
        sums.{{ kind }}_sentiment_score,
        sums.{{ kind }}_sentiment_coverage,
        eligible_scores.base_score + sums.{{ kind }}_other_points as {{ kind }}_other_score,
        coalesce(
            sums.{{ kind }}_sentiment_score <= warning_settings.bad_sentiment_score
            and sums.{{ kind }}_sentiment_coverage >= warning_settings.least_coverage
            and eligible_scores.base_score + sums.{{ kind }}_other_points
            >= warning_settings.good_score
            and sums.{{ kind }}_other_coverage >= warning_settings.least_coverage,
            false
        ) as is_{{ kind }}_conflict,
        {%- endfor %}
        warning_settings.sentiment_dimension_id
    from eligible_scores
    inner join sums on eligible_scores.account_id = sums.account_id
    cross join warning_settings

),

final as (

    select
        account_id,
        as_of_date,
        sentiment_dimension_id,
        {%- for column in ['sentiment_score', 'sentiment_coverage', 'other_score'] %}
        case when is_timely_conflict then timely_{{ column }} else any_{{ column }} end
            as {{ column }},
        {%- endfor %}
        not is_timely_conflict as is_held_back
    from judged
    where is_timely_conflict or is_any_conflict

)

select * from final
