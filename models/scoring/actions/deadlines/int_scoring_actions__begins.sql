with

causes as (

    select * from {{ ref('int_scoring_actions__causes') }}

),

plays as (

    select * from {{ ref('fct_plays') }}

),

playbooks as (

    select * from {{ ref('playbooks') }}

),

action_settings as (

    select * from {{ ref('action_settings') }}
    where is_published

),

{# Work of the role since the cause began, and an older play of the same kind that still runs. A
   play that was left open longer than its effect is waited for is nobody's work any more. #}
logged_plays as (

    select
        causes.account_id,
        causes.play_id,
        plays.started_on,
        case when plays.ended_on <= {{ as_of_date() }} then plays.ended_on end as ended_on,
        {{ add_days('plays.started_on', 'action_settings.outcome_days') }} as waited_until
    from causes
    inner join plays on causes.account_id = plays.account_id
    inner join playbooks
        on
            plays.play = playbooks.play_id
            and causes.owner_role = playbooks.owner_role
    cross join action_settings
    where
        plays.known_on <= {{ as_of_date() }}
        and (plays.started_on >= causes.began_on or plays.play = causes.play_id)

),

worked as (

    select
        account_id,
        play_id,
        max(ended_on) as last_ended_on,
        max(started_on) filter (
            where ended_on is null and waited_until > {{ as_of_date() }}
        ) as under_way_since
    from logged_plays
    group by account_id, play_id

),

triggered as (

    select
        causes.account_id,
        causes.play_id,
        causes.began_on,
        case
            when worked.last_ended_on > causes.began_on then worked.last_ended_on
            else causes.began_on
        end as triggered_on,
        worked.under_way_since
    from causes
    left join worked
        on
            causes.account_id = worked.account_id
            and causes.play_id = worked.play_id

),

due as (

    select
        triggered.account_id,
        triggered.play_id,
        triggered.began_on,
        triggered.triggered_on,
        {{ add_days('triggered.triggered_on', 'playbooks.deadline_days') }} as due_on,
        triggered.under_way_since
    from triggered
    inner join playbooks on triggered.play_id = playbooks.play_id

),

final as (

    select
        account_id,
        play_id,
        began_on,
        triggered_on,
        due_on,
        under_way_since,
        under_way_since is null and due_on < {{ as_of_date() }} as is_overdue
    from due

)

select * from final
