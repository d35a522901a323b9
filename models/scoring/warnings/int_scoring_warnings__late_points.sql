{#- Mostly no metric is late. Which are is asked before: only their changes are worked out. -#}
{%- set is_of_late_metric = found_among(
    'metric_id', ref('int_scoring__current_metric_scores'), "input_status = 'source_late'"
) -%}
with

metric_changes as (

    select * from {{ ref('fct_account_metric_changes') }}
    where
        as_of_date = {{ as_of_date() }}
        and since_date = {{ comparison_date() }}
        and input_status = 'source_late'
        and {{ is_of_late_metric }}

),

limits as (

    select * from {{ ref('int_scoring_warnings__limits') }}

),

final as (

    select
        metric_changes.account_id,
        metric_changes.objective_id,
        {{ settled('sum(metric_changes.change_points)') }} as late_points
    from metric_changes
    inner join limits
        on
            limits.subject_kind = 'score'
            and metric_changes.objective_id = limits.objective_id
    group by metric_changes.account_id, metric_changes.objective_id

)

select * from final
