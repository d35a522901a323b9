with

industry_factors as (

    select * from {{ ref('dim_industry_factors') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

account_counts as (

    select
        industry,
        count(*) as account_count
    from account_spine
    where is_current and is_eligible
    group by industry

),

{# A judgement that has run out may be followed by another of its kind. #}
followed_factors as (

    select
        industry_factors.industry_factor_id,
        count(followers.industry_factor_id) > 0 as is_followed
    from industry_factors
    left join industry_factors as followers
        on
            industry_factors.industry = followers.industry
            and industry_factors.factor_type = followers.factor_type
            and industry_factors.valid_from < followers.valid_from
            and followers.known_on <= {{ as_of_date() }}
    group by industry_factors.industry_factor_id

),

judged_factors as (

    select
        industry_factors.*,
        case
            when industry_factors.known_on > {{ as_of_date() }} then 'not_yet_known'
            when industry_factors.valid_to <= {{ as_of_date() }} then 'ended'
            when industry_factors.expires_on <= {{ as_of_date() }} then 'expired'
            else 'in_force'
        end as factor_status
    from industry_factors

),

final as (

    select
        judged_factors.industry_factor_id,
        judged_factors.industry,
        judged_factors.factor_type,
        judged_factors.effect_points,
        judged_factors.author_role,
        judged_factors.evidence,
        judged_factors.valid_from,
        judged_factors.valid_to,
        judged_factors.review_by,
        judged_factors.factor_status,
        coalesce(
            judged_factors.expires_on < coalesce(judged_factors.valid_to, {{ latest_date() }})
            and judged_factors.expires_on <= {{ as_of_date() }},
            false
        ) as has_missed_review,
        case
            when judged_factors.factor_status = 'expired'
                then {{ days_between('judged_factors.review_by', as_of_date()) }}
        end as days_overdue,
        followed_factors.is_followed,
        case
            when judged_factors.factor_status in ('expired', 'in_force')
                then coalesce(account_counts.account_count, 0)
        end as account_count
    from judged_factors
    inner join followed_factors
        on judged_factors.industry_factor_id = followed_factors.industry_factor_id
    left join account_counts on judged_factors.industry = account_counts.industry

)

select * from final
