with

churn_risks as (

    select * from {{ ref('fct_account_churn_risks') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

bands as (

    select * from {{ ref('bands') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

{# A draft may call other bands red; nobody is scored by it. #}
attention_bands as (

    select bands.band
    from bands
    inner join score_versions on bands.score_version = score_versions.score_version
    where
        score_versions.is_published
        and bands.needs_attention

),

judged as (

    select
        churn_risks.as_of_date,
        coalesce(account_spine.segment, 'unknown') as segment,
        churn_risks.is_current,
        churn_risks.arr,
        churn_risks.exposed_arr,
        churn_risks.expected_loss,
        churn_risks.risk_status = 'estimated' as is_estimated,
        churn_risks.risk_status = 'notice' as has_notice,
        churn_risks.risk_status = 'estimated' and attention_bands.band is not null as is_red
    from churn_risks
    inner join account_spine
        on
            churn_risks.account_id = account_spine.account_id
            and churn_risks.as_of_date = account_spine.as_of_date
    left join attention_bands on churn_risks.band = attention_bands.band
    where churn_risks.arr > 0

),

{# Red ARR stands beside the expected loss and is not called at risk: most of it will stay. #}
final as (

    select
        as_of_date,
        segment,
        is_current,
        cast(count(*) as integer) as account_count,
        {{ settled('sum(arr)') }} as arr,
        {{ settled('sum(case when is_estimated then arr else 0 end)') }} as estimated_arr,
        {{ settled('sum(case when has_notice then arr else 0 end)') }} as notice_arr,
        {{ settled('sum(case when is_estimated or has_notice then 0 else arr end)') }}
            as unestimated_arr,
        {{ settled('sum(case when is_red then arr else 0 end)') }} as red_arr,
        {{ settled('sum(exposed_arr)') }} as exposed_arr,
        {{ settled('sum(expected_loss)') }} as arr_at_risk
    from judged
    group by as_of_date, segment, is_current

)

select * from final
