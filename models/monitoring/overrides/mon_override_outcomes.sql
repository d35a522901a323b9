with

outcomes as (

    select * from {{ ref('int_monitoring_overrides__outcomes') }}

),

{# How far each probability was from what became of the account. #}
distances as (

    select
        objective_id,
        reason_code,
        override_points,
        outcome_status = 'matured' as is_matured,
        outcome_status = 'matured' and is_lost as is_lost,
        case
            when outcome_status != 'matured' then null
            when is_lost then 1 - gated_probability
            else gated_probability
        end as gated_distance,
        case
            when outcome_status != 'matured' then null
            when is_lost then 1 - final_probability
            else final_probability
        end as final_distance
    from outcomes

),

summed as (

    select
        objective_id,
        reason_code,
        cast(count(*) as integer) as override_count,
        cast(count(*) filter (where override_points > 0) as integer) as raise_count,
        cast(count(*) filter (where is_matured) as integer) as matured_count,
        cast(count(*) filter (where is_lost) as integer) as lost_count,
        {{ settled('avg(override_points)') }} as mean_override_points,
        {{ settled('avg(gated_distance * gated_distance)') }} as gated_brier,
        {{ settled('avg(final_distance * final_distance)') }} as final_brier,
        cast(count(*) filter (where final_distance < gated_distance) as integer) as better_count,
        cast(count(*) filter (where final_distance > gated_distance) as integer) as worse_count
    from distances
    group by objective_id, reason_code

),

final as (

    select
        objective_id,
        reason_code,
        override_count,
        raise_count,
        matured_count,
        lost_count,
        mean_override_points,
        gated_brier,
        final_brier,
        {{ settled('gated_brier - final_brier') }} as brier_gain,
        better_count,
        worse_count,
        better_count / nullif(cast(better_count + worse_count as {{ type_double() }}), 0)
            as better_ratio
    from summed

)

select * from final
