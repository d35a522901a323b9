{# One version holds; every metric is decided upon and, where shown, has its words; levels have no
   gap and do not overlap. #}
with

export_settings as (

    select * from {{ ref('export_settings') }}

),

metrics as (

    select * from {{ ref('metrics') }}

),

customer_metric_texts as (

    select * from {{ ref('customer_metric_texts') }}

),

customer_levels as (

    select * from {{ ref('customer_levels') }}

),

numbered_levels as (

    select
        customer_level,
        from_score,
        lag(to_score) over (order by from_score asc nulls first) as from_score_due,
        to_score,
        lead(from_score) over (order by from_score asc nulls first) as to_score_due
    from customer_levels

),

faults as (

    select 'export_settings: not one version is published' as fault
    from export_settings
    having count(*) filter (where is_published) != 1
    union all
    select 'customer_metric_texts: no row for ' || metrics.metric_id as fault
    from metrics
    left join customer_metric_texts on metrics.metric_id = customer_metric_texts.metric_id
    where customer_metric_texts.metric_id is null
    union all
    select 'customer_metric_texts: a text is missing for ' || metric_id as fault
    from customer_metric_texts
    where
        is_shown
        and (strength_text is null or weakness_text is null)
    union all
    select 'customer_metric_texts: has a text and is not shown, ' || metric_id as fault
    from customer_metric_texts
    where
        not is_shown
        and (
            strength_text is not null
            or weakness_text is not null
            or step_text is not null
        )
    union all
    select 'customer_levels: a gap or two levels at ' || customer_level as fault
    from numbered_levels
    where
        (from_score is distinct from from_score_due)
        or (to_score is distinct from to_score_due)

)

select fault
from faults
