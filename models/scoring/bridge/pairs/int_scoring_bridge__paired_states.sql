{{ config(materialized='view') }}

{% set columns = [
    'metric_value', 'sample_size', 'input_status', 'is_applicable', 'quality', 'metric_score',
    'typical_score', 'baseline_version', 'card_id', 'peer_group_1', 'peer_group_2',
    'dimension_share',
] %}

with

date_pairs as (

    select * from {{ ref('int_scoring_bridge__date_pairs') }}

),

metric_states as (

    select * from {{ ref('int_scoring_bridge__metric_states') }}

),

final as (

    select
        date_pairs.account_id,
        date_pairs.since_date,
        date_pairs.as_of_date,
        date_pairs.periods_apart,
        later_states.dimension_id,
        later_states.metric_id,
        {%- for column in columns %}
        since_states.{{ column }} as since_{{ column }},
        later_states.{{ column }} as later_{{ column }},
        {%- endfor %}
        since_states.baseline_version != later_states.baseline_version
        or since_states.card_id != later_states.card_id
        or since_states.peer_group_1 != later_states.peer_group_1
        or since_states.peer_group_2 != later_states.peer_group_2 as has_other_yardstick
    from date_pairs
    inner join metric_states as since_states
        on
            date_pairs.account_id = since_states.account_id
            and date_pairs.since_date = since_states.as_of_date
    inner join metric_states as later_states
        on
            date_pairs.account_id = later_states.account_id
            and date_pairs.as_of_date = later_states.as_of_date
            and since_states.metric_id = later_states.metric_id

)

select * from final
