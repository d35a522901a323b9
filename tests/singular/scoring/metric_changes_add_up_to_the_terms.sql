{# The points of the metrics are the terms that metrics carry, for the dates that current scores are
   compared at: with both of them named, no other date is read. #}
with

metric_changes as (

    select * from {{ ref('fct_account_metric_changes') }}
    where
        since_date = {{ comparison_date() }}
        and as_of_date = {{ as_of_date() }}

),

score_changes as (

    select * from {{ ref('rpt_account_score_changes') }}

),

{% set terms = ['metric', 'baseline', 'quality', 'weight', 'card'] -%}

metric_sums as (

    select
        account_id,
        {%- for term in terms %}
        sum({{ term }}_points) as {{ term }}_points,
        {%- endfor %}
        objective_id
    from metric_changes
    group by account_id, objective_id

),

final as (

    select
        score_changes.account_id,
        score_changes.objective_id,
        score_changes.change_points
    from score_changes
    left join metric_sums
        on
            score_changes.account_id = metric_sums.account_id
            and score_changes.objective_id = metric_sums.objective_id
    where
        metric_sums.account_id is null
        {%- for term in terms %}
        or abs(metric_sums.{{ term }}_points - score_changes.{{ term }}_points) > 1e-6
        {%- endfor %}

)

select * from final
