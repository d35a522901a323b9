{# Every account and date has one row per metric, so that what is missing is a row with a status. #}
with

metric_scores as (

    select * from {{ ref('fct_account_metric_scores') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

metrics as (

    select * from {{ ref('metrics') }}

),

expected_counts as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        count(*) as metric_count
    from account_spine
    cross join metrics
    group by account_spine.account_id, account_spine.as_of_date

),

actual_counts as (

    select
        account_id,
        as_of_date,
        count(distinct metric_id) as metric_count
    from metric_scores
    group by account_id, as_of_date

),

final as (

    select
        coalesce(expected_counts.account_id, actual_counts.account_id) as account_id,
        coalesce(expected_counts.as_of_date, actual_counts.as_of_date) as as_of_date,
        expected_counts.metric_count as expected_count,
        actual_counts.metric_count as actual_count
    from expected_counts
    full join actual_counts
        on
            expected_counts.account_id = actual_counts.account_id
            and expected_counts.as_of_date = actual_counts.as_of_date
    where
        expected_counts.metric_count is null
        or actual_counts.metric_count is null
        or expected_counts.metric_count != actual_counts.metric_count

)

select * from final
