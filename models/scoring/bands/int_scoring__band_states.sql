with

objective_scores as (

    select * from {{ ref('int_scoring__objective_scores') }}

),

thresholds as (

    select * from {{ ref('int_scoring__thresholds') }}

),

{# A date without a published score says nothing: the next one is judged from the state before. #}
published_scores as (

    select
        objective_scores.account_id,
        objective_scores.as_of_date,
        objective_scores.objective_id,
        round(objective_scores.clamped_score, {{ score_digits() }}) as score,
        row_number() over (
            partition by objective_scores.account_id, objective_scores.objective_id
            order by objective_scores.as_of_date
        ) as score_number
    from objective_scores
    cross join thresholds
    where
        round(objective_scores.coverage, {{ score_digits() }})
        >= thresholds.confidence_1_coverage

),

signals as (

    select
        published_scores.account_id,
        published_scores.as_of_date,
        published_scores.objective_id,
        {%- for rank in scored_ranks() %}
        case
            when published_scores.score_number = 1
                then
                    case
                        when published_scores.score >= thresholds.band_{{ rank }}_score then 1
                        else 0
                    end
            when published_scores.score >= thresholds.band_{{ rank }}_enter_score then 1
            when published_scores.score < thresholds.band_{{ rank }}_leave_score then 0
        end as signal_{{ rank }},
        {%- endfor %}
        published_scores.score_number
    from published_scores
    cross join thresholds

),

states as (

    select
        account_id,
        as_of_date,
        {%- for rank in scored_ranks() %}
        {{ last_signal(
            'signal_' ~ rank, 'score_number', ['account_id', 'objective_id']
        ) }} as state_{{ rank }},
        {%- endfor %}
        objective_id
    from signals

),

final as (

    select
        account_id,
        as_of_date,
        objective_id,
        cast(
            0
            {%- for rank in scored_ranks() %}
            + state_{{ rank }}
            {%- endfor %}
            as integer
        ) as band_rank
    from states

)

select * from final
