{%- set breakdowns = {
    'all': "'all'",
    'segment': "coalesce(account_renewals.segment, 'unknown')",
    'cohort': "coalesce(cast(account_renewals.cohort_starts_on as "
        ~ dbt.type_string() ~ "), 'unknown')",
} -%}
with

account_renewals as (

    select * from {{ ref('fct_account_renewals') }}

),

{# A month of which not every expiry is judged yet would look better or worse than it will be. #}
windows as (

    select * from {{ ref('int_retention__windows') }}
    where {{ add_days('month_end', setting('churn_gap_days')) }} <= {{ as_of_date() }}

),

broken_down as (

    {% for breakdown, breakdown_value in breakdowns.items() %}
    select
        windows.month_end,
        windows.window_months,
        '{{ breakdown }}' as breakdown,
        {{ breakdown_value }} as breakdown_value,
        account_renewals.expiring_mrr,
        account_renewals.renewed_mrr,
        account_renewals.is_renewed
    from windows
    inner join account_renewals
        on
            windows.opening_month_end < account_renewals.expired_on
            and windows.month_end >= account_renewals.expired_on
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

totals as (

    select
        month_end,
        window_months,
        breakdown,
        breakdown_value,
        cast(count(*) as integer) as expiry_count,
        cast(count(*) filter (where is_renewed) as integer) as renewed_count,
        cast(sum(expiring_mrr) as numeric(18, 4)) as expiring_mrr,
        cast(sum(renewed_mrr) as numeric(18, 4)) as renewed_mrr
    from broken_down
    group by month_end, window_months, breakdown, breakdown_value

),

final as (

    select
        month_end,
        window_months,
        breakdown,
        breakdown_value,
        expiry_count,
        renewed_count,
        expiring_mrr,
        renewed_mrr,
        cast(renewed_mrr as {{ type_double() }}) / nullif(expiring_mrr, 0) as renewal_ratio
    from totals

)

select * from final
