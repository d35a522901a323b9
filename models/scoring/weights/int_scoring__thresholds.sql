with

bands as (

    select * from {{ ref('bands') }}

),

confidence_levels as (

    select * from {{ ref('confidence_levels') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

band_thresholds as (

    select
        {%- for rank in scored_ranks() %}
        max(lower_score) filter (where band_rank = {{ rank }}) as band_{{ rank }}_score,
        max(lower_score + up_offset) filter (where band_rank = {{ rank }})
            as band_{{ rank }}_enter_score,
        max(lower_score - down_offset) filter (where band_rank = {{ rank }})
            as band_{{ rank }}_leave_score,
        {%- endfor %}
        score_version
    from bands
    group by score_version

),

confidence_thresholds as (

    select
        {%- for rank in scored_ranks() %}
        max(minimum_coverage) filter (where confidence_rank = {{ rank }})
            as confidence_{{ rank }}_coverage,
        {%- endfor %}
        score_version
    from confidence_levels
    group by score_version

),

final as (

    select
        {%- for rank in scored_ranks() %}
        band_thresholds.band_{{ rank }}_score,
        band_thresholds.band_{{ rank }}_enter_score,
        band_thresholds.band_{{ rank }}_leave_score,
        confidence_thresholds.confidence_{{ rank }}_coverage,
        {%- endfor %}
        score_versions.score_version
    from score_versions
    inner join band_thresholds on score_versions.score_version = band_thresholds.score_version
    inner join confidence_thresholds
        on score_versions.score_version = confidence_thresholds.score_version
    where score_versions.is_published

)

select * from final
