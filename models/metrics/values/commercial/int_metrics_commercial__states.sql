with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

spans as (

    select * from {{ ref('int_metrics_commercial__spans') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_grid__spans') }}

),

contractions as (

    select * from {{ ref('fct_contractions') }}

),

lines_by_date as (

    select
        spans.account_id,
        grid_spans.as_of_date,
        sum(spans.current_mrr) as current_mrr,
        sum(spans.earlier_mrr) as earlier_mrr,
        sum(spans.current_mrr) filter (where spans.list_mrr > 0) as listed_mrr,
        sum(spans.list_mrr) filter (where spans.list_mrr > 0) as list_mrr,
        count(*) filter (
            where spans.current_mrr > 0 and coalesce(spans.list_mrr, 0) <= 0
        ) as unlisted_count
    from spans
    inner join grid_days as start_days on spans.starts_on = start_days.calendar_date
    left join grid_days as end_days on spans.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number
    group by spans.account_id, grid_spans.as_of_date

),

contractions_by_date as (

    select
        spine.account_id,
        spine.as_of_date,
        {{ exact_sum(
            finite('contractions.lost_ratio') ~ ' * ' ~ halving(
                days_between('contractions.contracted_on', 'spine.as_of_date'),
                metric_parameter('contraction_load', 'half_life_days')
            )
        ) }} as contraction_load
    from contractions
    inner join spine
        on
            contractions.account_id = spine.account_id
            and contractions.known_on <= spine.as_of_date
            and {{ days_between('contractions.contracted_on', 'spine.as_of_date') }}
            < {{ metric_parameter('contraction_load', 'window_days') }}
    group by spine.account_id, spine.as_of_date

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.contract_type,
        cast(lines_by_date.current_mrr as {{ type_double() }}) as current_mrr,
        cast(lines_by_date.earlier_mrr as {{ type_double() }}) as earlier_mrr,
        cast(lines_by_date.listed_mrr as {{ type_double() }}) as listed_mrr,
        cast(lines_by_date.list_mrr as {{ type_double() }}) as list_mrr,
        lines_by_date.unlisted_count,
        contractions_by_date.contraction_load
    from spine
    left join lines_by_date
        on
            spine.account_id = lines_by_date.account_id
            and spine.as_of_date = lines_by_date.as_of_date
    left join contractions_by_date
        on
            spine.account_id = contractions_by_date.account_id
            and spine.as_of_date = contractions_by_date.as_of_date

)

select * from final
