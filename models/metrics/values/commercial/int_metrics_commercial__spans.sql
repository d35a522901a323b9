{%- set year_days = metric_parameter('account_nrr_12m', 'window_days') | int -%}
with

subscription_lines as (

    select * from {{ ref('fct_subscription_lines') }}

),

paid_lines as (

    select
        account_id,
        starts_on,
        known_on,
        ends_on,
        coalesce(ended_known_on, ends_on) as ended_known_on,
        cast({{ finite('mrr') }} as numeric(18, 4)) as mrr,
        cast({{ finite('list_mrr') }} as numeric(18, 4)) as list_mrr
    from subscription_lines
    where not coalesce(is_trial, false)

),

{# A line counts from the day on which it has started and is known, to the day on which its end has
   come and is known. A year later the same line is the base of the growth rate, as known then. #}
spans as (

    select
        account_id,
        mrr as current_mrr,
        cast(null as numeric(18, 4)) as earlier_mrr,
        list_mrr,
        greatest(starts_on, known_on) as starts_on,
        case when ends_on is not null then greatest(ends_on, ended_known_on) end as ends_on
    from paid_lines
    union all
    select
        account_id,
        null as current_mrr,
        mrr as earlier_mrr,
        null as list_mrr,
        greatest({{ add_days('starts_on', year_days) }}, known_on) as starts_on,
        case
            when ends_on is not null
                then greatest({{ add_days('ends_on', year_days) }}, ended_known_on)
        end as ends_on
    from paid_lines

),

final as (

    select
        account_id,
        starts_on,
        ends_on,
        current_mrr,
        earlier_mrr,
        list_mrr
    from spans
    where ends_on is null or ends_on > starts_on

)

select * from final
