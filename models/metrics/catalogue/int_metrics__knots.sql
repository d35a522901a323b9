with

card_knots as (

    select * from {{ ref('int_metrics_cards__knots') }}

),

{% set by_knot = 'over (partition by card_id, metric_id order by knot_number)' -%}
sloped_knots as (

    select
        card_id,
        metric_id,
        knot_number,
        metric_value,
        metric_score,
        (metric_score - lag(metric_score) {{ by_knot }})
        / nullif(metric_value - lag(metric_value) {{ by_knot }}, 0) as knot_slope,
        row_number() over (
            partition by card_id, metric_id order by knot_number desc
        ) as number_from_last
    from card_knots

),

wide_knots as (

    select
        card_id,
        metric_id,
        {%- for number in range(1, knot_limit() + 1) %}
        max(metric_value) filter (where knot_number = {{ number }}) as knot_value_{{ number }},
        max(metric_score) filter (where knot_number = {{ number }}) as knot_score_{{ number }},
        max(knot_slope) filter (where knot_number = {{ number }}) as knot_slope_{{ number }},
        {%- endfor %}
        max(metric_score) filter (where number_from_last = 1) as last_knot_score,
        max(metric_value) filter (where number_from_last = 1) as last_knot_value
    from sloped_knots
    group by card_id, metric_id

),

{# A two-anchor map has its anchors in the first and the last knot. #}
anchored_knots as (

    select
        *,
        case
            when knot_score_1 > 0
                and knot_score_1 < 100
                and last_knot_score > 0
                and last_knot_score < 100
                then
                    ({{ log_odds('last_knot_score') }} - {{ log_odds('knot_score_1') }})
                    / nullif(last_knot_value - knot_value_1, 0)
        end as anchor_steepness
    from wide_knots

),

final as (

    select
        card_id,
        metric_id,
        {%- for number in range(1, knot_limit() + 1) %}
        knot_value_{{ number }},
        knot_score_{{ number }},
        knot_slope_{{ number }},
        {%- endfor %}
        last_knot_score,
        anchor_steepness,
        knot_value_1
        - case
            when anchor_steepness is not null then {{ log_odds('knot_score_1') }}
        end / nullif(anchor_steepness, 0) as anchor_midpoint
    from anchored_knots

)

select * from final
