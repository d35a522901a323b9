{%- set breakdowns = {
    'all': "'all'",
    'segment': "coalesce(segment, 'unknown')",
    'cohort': 'cast(cohort_starts_on as ' ~ dbt.type_string() ~ ')',
} -%}
with

account_retention as (

    select * from {{ ref('fct_account_retention') }}

),

broken_down as (

    {% for breakdown, breakdown_value in breakdowns.items() %}
    select
        month_end,
        window_months,
        '{{ breakdown }}' as breakdown,
        {{ breakdown_value }} as breakdown_value,
        opening_mrr,
        retained_mrr,
        expansion_mrr,
        contraction_mrr,
        churn_mrr,
        closing_mrr,
        is_lost
    from account_retention
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

totals as (

    select
        month_end,
        window_months,
        breakdown,
        breakdown_value,
        {%- for amount in ['opening', 'retained', 'expansion', 'contraction', 'churn', 'closing'] %}
        cast(sum({{ amount }}_mrr) as numeric(18, 4)) as {{ amount }}_mrr,
        {%- endfor %}
        cast(count(*) as integer) as account_count,
        cast(count(*) filter (where is_lost) as integer) as lost_account_count
    from broken_down
    group by month_end, window_months, breakdown, breakdown_value

),

{# Ratios of sums and not sums of ratios. #}
rated as (

    select
        month_end,
        window_months,
        breakdown,
        breakdown_value,
        cast(retained_mrr as {{ type_double() }}) / nullif(opening_mrr, 0) as gross_retention_ratio,
        cast(closing_mrr as {{ type_double() }}) / nullif(opening_mrr, 0) as net_retention_ratio,
        cast(lost_account_count as {{ type_double() }}) / nullif(account_count, 0)
            as logo_churn_ratio
    from totals

),

final as (

    select
        totals.month_end,
        totals.window_months,
        totals.breakdown,
        totals.breakdown_value,
        totals.account_count,
        totals.lost_account_count,
        totals.opening_mrr,
        totals.retained_mrr,
        totals.expansion_mrr,
        totals.contraction_mrr,
        totals.churn_mrr,
        totals.closing_mrr,
        rated.gross_retention_ratio,
        rated.net_retention_ratio,
        rated.logo_churn_ratio,
        1 - {{ annual_ratio('1 - rated.gross_retention_ratio', 'totals.window_months') }}
            as annual_gross_retention_ratio,
        {{ annual_ratio('rated.logo_churn_ratio', 'totals.window_months') }}
            as annual_logo_churn_ratio
    from totals
    inner join rated
        on
            totals.month_end = rated.month_end
            and totals.window_months = rated.window_months
            and totals.breakdown = rated.breakdown
            and totals.breakdown_value = rated.breakdown_value

)

select * from final
