{{ config(materialized='incremental') }}

with

states as (

    select * from {{ ref('int_support__ticket_states') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

comments as (

    select * from {{ ref('int_support__comments') }}

),

reopened_states as (

    select *
    from states
    where previous_status = 'solved' and ticket_status != 'solved'

),

later_states as (

    select
        reopened_states.ticket_id,
        reopened_states.changed_at as reopened_at,
        reopened_states.known_on as reopened_known_on,
        min(states.changed_at) filter (where states.ticket_status = 'solved') as solved_again_at
    from reopened_states
    left join states
        on
            reopened_states.ticket_id = states.ticket_id
            and reopened_states.changed_at < states.changed_at
    group by reopened_states.ticket_id, reopened_states.changed_at, reopened_states.known_on

),

{#
    A customer's "thanks!" reopens a ticket in many tools, and an agent then closes it again
    without a word. So only work counts: a comment, or a status other than solved.
#}
agent_actions as (

    select
        ticket_id,
        created_at as acted_at,
        recorded_at,
        known_on
    from comments
    where is_agent and not is_automatic
    union all
    select
        ticket_id,
        changed_at as acted_at,
        recorded_at,
        known_on
    from states
    where is_agent_change and ticket_status != 'solved'

),

matched_actions as (

    select
        later_states.ticket_id,
        later_states.reopened_at,
        agent_actions.acted_at,
        agent_actions.recorded_at,
        greatest(agent_actions.known_on, later_states.reopened_known_on) as known_on
    from later_states
    inner join agent_actions
        on
            later_states.ticket_id = agent_actions.ticket_id
            and later_states.reopened_at <= agent_actions.acted_at
            and (
                later_states.solved_again_at is null
                or later_states.solved_again_at >= agent_actions.acted_at
            )

),

ranked_actions as (

    select
        matched_actions.*,
        row_number() over (
            partition by matched_actions.ticket_id, matched_actions.reopened_at
            order by
                matched_actions.known_on asc,
                matched_actions.acted_at asc,
                matched_actions.recorded_at asc
        ) as action_rank
    from matched_actions

),

final as (

    select
        ticket_id,
        reopened_at,
        acted_at,
        recorded_at,
        known_on
    from ranked_actions
    where action_rank = 1

)

select * from final
