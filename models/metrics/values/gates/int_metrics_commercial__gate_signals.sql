with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

notices as (

    select * from {{ ref('fct_account_notices') }}

),

last_notices as (

    select
        spine.account_id,
        spine.as_of_date,
        max(notices.notice_on) as notice_on
    from notices
    inner join spine
        on
            notices.account_id = spine.account_id
            and notices.known_on <= spine.as_of_date
            and (notices.withdrawn_on is null or notices.withdrawn_on > spine.as_of_date)
    where spine.has_notice
    group by spine.account_id, spine.as_of_date

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        'notice_active' as signal_id,
        cast(1 as {{ type_double() }}) as signal_value,
        'Notice of non-renewal or cancellation'
        || coalesce(
            ' of ' || cast(last_notices.notice_on as {{ dbt.type_string() }}), ''
        ) as evidence
    from spine
    left join last_notices
        on
            spine.account_id = last_notices.account_id
            and spine.as_of_date = last_notices.as_of_date
    where spine.has_notice

)

select * from final
