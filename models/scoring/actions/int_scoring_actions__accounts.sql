with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

bands as (

    select * from {{ ref('bands') }}

),

{# Scored accounts, and those under notice: not scored any more, but not given up either. #}
judged_accounts as (

    select
        account_id,
        as_of_date,
        owner_id,
        ineligible_reason
    from account_spine
    where
        is_current
        and (is_eligible or ineligible_reason = 'notice')

),

judged_scores as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.objective_id,
        coalesce(bands.needs_attention, false) as is_red
    from health_scores
    inner join judged_accounts
        on health_scores.account_id = judged_accounts.account_id
    left join bands
        on
            health_scores.score_version = bands.score_version
            and health_scores.band = bands.band
    where health_scores.objective_id in ('retention', 'overall')

),

red_dates as (

    select
        account_id,
        as_of_date,
        count(*) filter (where is_red) > 0 as is_red
    from judged_scores
    group by account_id, as_of_date

),

last_calm_dates as (

    select
        account_id,
        max(as_of_date) filter (where not is_red) as last_calm_date
    from red_dates
    group by account_id

),

{# A deadline runs from the day on which the trouble began, not from each day that it is seen. #}
red_starts as (

    select
        red_dates.account_id,
        min(red_dates.as_of_date) as red_since
    from red_dates
    left join last_calm_dates on red_dates.account_id = last_calm_dates.account_id
    where
        last_calm_dates.last_calm_date is null
        or red_dates.as_of_date > last_calm_dates.last_calm_date
    group by red_dates.account_id

),

final as (

    select
        judged_accounts.account_id,
        judged_accounts.as_of_date,
        judged_accounts.owner_id,
        red_starts.red_since is not null as is_red,
        red_starts.red_since,
        judged_accounts.ineligible_reason is not null as has_notice
    from judged_accounts
    left join red_starts on judged_accounts.account_id = red_starts.account_id

)

select * from final
