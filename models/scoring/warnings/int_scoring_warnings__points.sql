{{ config(materialized='incremental', meta={'kept_days': setting('warning_history_days')}) }}

{%- set first_date = add_days(as_of_date(), -setting('warning_history_days')) %}
{#- A run for an earlier date than the last one needs days that have been taken out. -#}
{%- set narrowed = affected_only() if not execute or not should_full_refresh() else '' %}

with

metric_scores as (

    select * from {{ ref('fct_account_metric_scores') }}
    {{ narrowed }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}
    {{ narrowed }}

),

limits as (

    select * from {{ ref('int_scoring_warnings__limits') }}

),

{# An override is what a person decided, so it is no news about the account. #}
final as (

    select
        metric_scores.account_id,
        metric_scores.as_of_date,
        'metric' as subject_kind,
        metric_scores.metric_id as subject_id,
        metric_scores.metric_score as level_score,
        metric_scores.input_status = 'source_late' as is_late
    from metric_scores
    inner join limits
        on
            limits.subject_kind = 'metric'
            and metric_scores.quality >= limits.least_quality
    where
        metric_scores.metric_score is not null
        and metric_scores.as_of_date <= {{ as_of_date() }}
        and metric_scores.as_of_date >= {{ first_date }}
    union all
    select
        health_scores.account_id,
        health_scores.as_of_date,
        'score' as subject_kind,
        health_scores.objective_id as subject_id,
        health_scores.health_score - health_scores.override_points as level_score,
        false as is_late
    from health_scores
    inner join limits
        on
            limits.subject_kind = 'score'
            and health_scores.objective_id = limits.objective_id
    where
        health_scores.health_score is not null
        and health_scores.as_of_date <= {{ as_of_date() }}
        and health_scores.as_of_date >= {{ first_date }}

)

select * from final
