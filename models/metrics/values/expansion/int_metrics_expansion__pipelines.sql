with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

opportunity_spans as (

    select * from {{ ref('fct_opportunity_spans') }}

),

{# The stage, amount and odds that the pipeline showed then; the CRM overwrites them later. #}
known_spans as (

    select
        spine.account_id,
        spine.as_of_date,
        opportunity_spans.opportunity_id,
        opportunity_spans.amount,
        opportunity_spans.win_probability,
        opportunity_spans.is_open,
        opportunity_spans.opportunity_type,
        row_number() over (
            partition by
                spine.account_id, spine.as_of_date, opportunity_spans.opportunity_id
            order by
                opportunity_spans.valid_from desc,
                opportunity_spans.known_on desc,
                opportunity_spans.opportunity_span_id desc
        ) as span_rank
    from opportunity_spans
    inner join spine
        on
            opportunity_spans.account_id = spine.account_id
            and opportunity_spans.known_on <= spine.as_of_date
            and opportunity_spans.valid_from <= spine.as_of_date
    where
        opportunity_spans.valid_to is null
        or opportunity_spans.valid_to > spine.as_of_date
        or opportunity_spans.ended_known_on > spine.as_of_date

),

final as (

    select
        account_id,
        as_of_date,
        count(*) as opportunity_count,
        sum(amount * win_probability) as weighted_amount
    from known_spans
    where span_rank = 1 and is_open and opportunity_type = 'expansion'
    group by account_id, as_of_date

)

select * from final
