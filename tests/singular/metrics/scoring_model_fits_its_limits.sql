{# The macros fix how many knots, steps, bands and levels fit in a row; more would be dropped. #}
with

metric_knots as (

    select * from {{ ref('metric_knots') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

bands as (

    select * from {{ ref('bands') }}

),

confidence_levels as (

    select * from {{ ref('confidence_levels') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

metrics as (

    select * from {{ ref('metrics') }}

),

final as (

    select
        'more knots than fit in a row' as fault,
        metric_id as item
    from metric_knots
    where knot_number > {{ knot_limit() }}
    union all
    select
        'more peer steps than are made' as fault,
        metric_id as item
    from catalogue
    where highest_step - lowest_step + 1 > {{ peer_step_limit() }}
    union all
    select
        'compared with peers, but without scheme or precision' as fault,
        metric_id as item
    from metrics
    where
        (peer_scheme is null or peer_precision is null)
        and normaliser in ('peer_percentile', 'robust_z')
    union all
    select
        'has a peer scheme that its normaliser does not read' as fault,
        metric_id as item
    from metrics
    where
        peer_scheme is not null
        and normaliser not in ('peer_percentile', 'robust_z')
    union all
    select
        'no freshness and no kappa' as fault,
        metric_id as item
    from metrics
    where
        kappa is null
        and (freshness_grace_days is null or freshness_half_life_days is null)
    union all
    select
        'band rank that no threshold has' as fault,
        band as item
    from bands
    where band_rank not in (0, {{ scored_ranks() | join(', ') }})
    union all
    select
        'confidence rank that no threshold has' as fault,
        confidence as item
    from confidence_levels
    where confidence_rank not in (0, {{ scored_ranks() | join(', ') }})
    union all
    select
        'not exactly one published version' as fault,
        cast(count(*) as {{ dbt.type_string() }}) as item
    from score_versions
    where is_published
    having count(*) != 1
    union all
    select
        'in no published catalogue' as fault,
        metrics.metric_id as item
    from metrics
    left join catalogue on metrics.metric_id = catalogue.metric_id
    where catalogue.metric_id is null

)

select * from final
