with

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

next_plays as (

    select * from {{ ref('int_scoring_actions__next_plays') }}

),

met_dates as (

    select * from {{ ref('int_scoring_actions__met_dates') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

{# Both counted back from the current date: as long as no date is left out, they agree. #}
numbered_dates as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        row_number() over (
            partition by account_spine.account_id order by account_spine.as_of_date desc
        ) as date_number
    from account_spine
    inner join action_accounts on account_spine.account_id = action_accounts.account_id

),

numbered_conditions as (

    select
        account_id,
        play_id,
        condition_number,
        as_of_date,
        row_number() over (
            partition by account_id, play_id, condition_number order by as_of_date desc
        ) as date_number
    from met_dates

),

condition_starts as (

    select
        numbered_conditions.account_id,
        numbered_conditions.play_id,
        numbered_conditions.condition_number,
        min(numbered_conditions.as_of_date) as began_on
    from numbered_conditions
    inner join numbered_dates
        on
            numbered_conditions.account_id = numbered_dates.account_id
            and numbered_conditions.as_of_date = numbered_dates.as_of_date
            and numbered_conditions.date_number = numbered_dates.date_number
    group by
        numbered_conditions.account_id,
        numbered_conditions.play_id,
        numbered_conditions.condition_number

),

{# The cause is there since the last of its conditions is. #}
final as (

    select
        next_plays.account_id,
        next_plays.play_id,
        next_plays.owner_role,
        coalesce(max(condition_starts.began_on), max(action_accounts.as_of_date)) as began_on
    from next_plays
    inner join action_accounts on next_plays.account_id = action_accounts.account_id
    left join condition_starts
        on
            next_plays.account_id = condition_starts.account_id
            and next_plays.play_id = condition_starts.play_id
    group by next_plays.account_id, next_plays.play_id, next_plays.owner_role

)

select * from final
