with

moves as (

    select * from {{ ref('int_scoring_warnings__moves') }}

),

late_points as (

    select * from {{ ref('int_scoring_warnings__late_points') }}

),

conflicts as (

    select * from {{ ref('int_scoring_warnings__conflicts') }}

),

metrics as (

    select * from {{ ref('metrics') }}

),

objectives as (

    select * from {{ ref('objectives') }}

),

subjects as (

    select
        'score' as subject_kind,
        objective_id as subject_id,
        objective_name as subject_name
    from objectives
    union all
    select
        'metric' as subject_kind,
        metric_id as subject_id,
        metric_name as subject_name
    from metrics

),

{# With the kind as a column, an outer join is one on keys. #}
late_scores as (

    select
        'score' as subject_kind,
        account_id,
        objective_id,
        late_points
    from late_points

),

{# What is left of a move of the score without the points of metrics whose source is late. #}
timely_moves as (

    select
        moves.*,
        subjects.subject_name,
        moves.change_points - coalesce(late_scores.late_points, 0) as timely_points
    from moves
    left join late_scores
        on
            moves.account_id = late_scores.account_id
            and moves.subject_kind = late_scores.subject_kind
            and moves.subject_id = late_scores.objective_id
    left join subjects
        on
            moves.subject_kind = subjects.subject_kind
            and moves.subject_id = subjects.subject_id

),

final as (

    select
        account_id,
        as_of_date,
        case
            when not is_own then 'fleet_shift'
            when change_points < 0 then subject_kind || '_drop'
            else subject_kind || '_rise'
        end as warning_kind,
        subject_id,
        subject_name,
        current_level,
        usual_level,
        change_points,
        fleet_points,
        robust_z,
        date_count,
        is_late or not {{ is_sudden('timely_points', 'change_points') }} as is_held_back,
        subject_name || ' scores ' || {{ points_text('current_level') }}
        || ', usually ' || {{ points_text('usual_level') }}
        || case
            when fleet_points != 0
                then '; the median account moved by ' || {{ points_text('fleet_points') }}
            else ''
        end as evidence
    from timely_moves
    union all
    select
        account_id,
        as_of_date,
        'sentiment_conflict' as warning_kind,
        sentiment_dimension_id as subject_id,
        'Sentiment' as subject_name,
        sentiment_score as current_level,
        other_score as usual_level,
        sentiment_score - other_score as change_points,
        0 as fleet_points,
        cast(null as {{ type_double() }}) as robust_z,
        cast(null as integer) as date_count,
        is_held_back,
        'Sentiment scores ' || {{ points_text('sentiment_score') }}
        || ' with ' || {{ points_text('100 * sentiment_coverage') }}
        || ' % of it known, everything else scores ' || {{ points_text('other_score') }} as evidence
    from conflicts

)

select * from final
