{{ config(materialized='view') }}

{% set others = {'since': 'later', 'later': 'since'} %}

with

paired_states as (

    select * from {{ ref('int_scoring_bridge__paired_states') }}

),

card_metrics as (

    select * from {{ ref('int_metrics__card_metrics') }}

),

peer_curves as (

    select * from {{ ref('int_metrics__peer_curves') }}

),

peer_spreads as (

    select * from {{ ref('int_metrics__peer_spreads') }}

),

{# A card is joined only where it is another yardstick. With this condition in the key and not
   beside it, an outer join stays one on keys. #}
keyed_states as (

    select
        {%- for side in others %}
        case
            when paired_states.has_other_yardstick then paired_states.{{ side }}_card_id
        end as {{ side }}_yardstick_card_id,
        {%- endfor %}
        paired_states.*
    from paired_states

),

{# The value of each date on the yardstick of the other one: its baseline, and the peers of then. #}
rebased_scores as (

    select
        {%- for side, other in others.items() %}
        {%- set value = 'keyed_states.' ~ side ~ '_metric_value' %}
        {%- set sample_size = 'keyed_states.' ~ side ~ '_sample_size' %}
        case
            when not keyed_states.has_other_yardstick then keyed_states.{{ side }}_metric_score
            else
                coalesce(
                    {{ peer_score(
                        value,
                        sample_size,
                        other ~ '_card',
                        other ~ '_curves',
                        other ~ '_spreads'
                    ) }},
                    {{ threshold_score(value, other ~ '_card') }}
                )
        end as {{ side }}_rebased_score,
        {%- endfor %}
        keyed_states.*
    from keyed_states
    {% for side, other in others.items() -%}
    {%- set value = 'keyed_states.' ~ side ~ '_metric_value' -%}
    left join card_metrics as {{ other }}_card
        on
            keyed_states.metric_id = {{ other }}_card.metric_id
            and keyed_states.{{ other }}_yardstick_card_id = {{ other }}_card.card_id
            and keyed_states.{{ other }}_baseline_version = {{ other }}_card.baseline_version
    left join peer_curves as {{ other }}_curves
        on
            keyed_states.metric_id = {{ other }}_curves.metric_id
            and keyed_states.{{ other }}_baseline_version = {{ other }}_curves.baseline_version
            and keyed_states.{{ other }}_peer_group_1 = {{ other }}_curves.peer_group_1
            and keyed_states.{{ other }}_peer_group_2 = {{ other }}_curves.peer_group_2
            and {{ other }}_curves.value_step = {{ peer_step(value, other ~ '_card') }}
    left join peer_spreads as {{ other }}_spreads
        on
            keyed_states.metric_id = {{ other }}_spreads.metric_id
            and keyed_states.{{ other }}_baseline_version = {{ other }}_spreads.baseline_version
            and keyed_states.{{ other }}_peer_group_1 = {{ other }}_spreads.peer_group_1
            and keyed_states.{{ other }}_peer_group_2 = {{ other }}_spreads.peer_group_2
    {% endfor %}
),

{# A value that is unknown at one date is taken from the other: its quality is 0 there, so that its
   coming or going is a change of quality. What does not apply at one date takes its quality from the
   other, too: its weight is 0 there, so that it is a change of weight. #}
final as (

    select
        account_id,
        since_date,
        as_of_date,
        periods_apart,
        dimension_id,
        metric_id,
        since_metric_value,
        later_metric_value as metric_value,
        since_input_status,
        later_input_status as input_status,
        since_typical_score,
        later_typical_score as typical_score,
        since_dimension_share,
        later_dimension_share as dimension_share,
        case
            when since_is_applicable then since_quality else later_quality
        end as since_quality,
        case
            when later_is_applicable then later_quality else since_quality
        end as quality,
        coalesce(
            since_metric_score, later_rebased_score, later_metric_score, since_typical_score
        ) as since_score,
        coalesce(
            later_metric_score, since_rebased_score, since_metric_score, later_typical_score
        ) as score,
        coalesce(
            since_rebased_score, since_metric_score, later_metric_score, later_typical_score
        ) as since_rebased_score,
        coalesce(
            later_rebased_score, later_metric_score, since_metric_score, since_typical_score
        ) as rebased_score
    from rebased_scores

)

select * from final
