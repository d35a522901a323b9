with

plays as (

    select * from {{ ref('fct_plays') }}

),

playbooks as (

    select * from {{ ref('playbooks') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

active_periods as (

    select * from {{ ref('fct_account_active_periods') }}

),

action_settings as (

    select * from {{ ref('action_settings') }}
    where is_published

),

read_dates as (

    select
        plays.play_id as run_id,
        plays.account_id,
        plays.play,
        plays.started_on,
        plays.ended_on,
        plays.outcome,
        action_settings.driver_objective_id as objective_id,
        {{ add_days('plays.started_on', 'action_settings.outcome_days') }} as read_on
    from plays
    cross join action_settings
    where plays.known_on <= {{ as_of_date() }}

),

played_accounts as (

    select distinct
        account_id,
        objective_id
    from read_dates

),

scored_dates as (

    select
        health_scores.account_id,
        health_scores.objective_id,
        health_scores.as_of_date,
        health_scores.health_score,
        coalesce(
            lead(health_scores.as_of_date) over (
                partition by health_scores.account_id, health_scores.objective_id
                order by health_scores.as_of_date
            ),
            {{ add_days(as_of_date(), 1) }}
        ) as next_date
    from health_scores
    inner join played_accounts
        on
            health_scores.account_id = played_accounts.account_id
            and health_scores.objective_id = played_accounts.objective_id

),

{# A customer who left has no score to read: that is the outcome, and not a gap. #}
lost as (

    select
        read_dates.run_id,
        min(active_periods.churn_date) as churn_date
    from read_dates
    inner join active_periods
        on
            read_dates.account_id = active_periods.account_id
            and read_dates.started_on <= active_periods.churn_date
            and read_dates.read_on > active_periods.churn_date
    where active_periods.churn_known_at <= {{ as_of_date() }}
    group by read_dates.run_id

),

final as (

    select
        read_dates.run_id,
        read_dates.account_id || '|' || read_dates.play as action_id,
        read_dates.account_id,
        read_dates.play,
        playbooks.play_id is not null as is_known_play,
        read_dates.started_on,
        read_dates.ended_on,
        read_dates.outcome,
        read_dates.read_on,
        case
            when lost.run_id is not null then 'lost'
            when read_dates.read_on > {{ as_of_date() }} then 'not_yet'
            when before_scores.health_score is null or after_scores.health_score is null
                then 'no_score'
            else 'read'
        end as effect_status,
        before_scores.health_score as score_before,
        after_scores.health_score as score_after,
        after_scores.health_score - before_scores.health_score as score_change,
        lost.churn_date
    from read_dates
    left join playbooks on read_dates.play = playbooks.play_id
    left join lost on read_dates.run_id = lost.run_id
    left join scored_dates as before_scores
        on
            read_dates.account_id = before_scores.account_id
            and read_dates.objective_id = before_scores.objective_id
            and read_dates.started_on >= before_scores.as_of_date
            and read_dates.started_on < before_scores.next_date
    left join scored_dates as after_scores
        on
            read_dates.account_id = after_scores.account_id
            and read_dates.objective_id = after_scores.objective_id
            and read_dates.read_on >= after_scores.as_of_date
            and read_dates.read_on < after_scores.next_date

)

select * from final
