{{ config(materialized='view') }}

with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

line_changes as (

    select
        account_id,
        starts_on as changed_on,
        mrr as mrr_change,
        term_months as started_term_months,
        null as ended_term_months,
        known_on
    from account_lines
    where mrr > 0
    union all
    select
        account_id,
        ends_on as changed_on,
        -mrr as mrr_change,
        null as started_term_months,
        term_months as ended_term_months,
        ended_known_on as known_on
    from account_lines
    where
        mrr > 0
        and ends_on is not null

),

{# Floats that should cancel leave a hair, which is no money, and another one in another order. #}
daily_changes as (

    select
        account_id,
        changed_on,
        sum(cast(mrr_change as numeric(18, 4))) as mrr_change,
        max(started_term_months) as started_term_months,
        max(ended_term_months) as ended_term_months,
        max(known_on) as known_on
    from line_changes
    group by
        account_id,
        changed_on

),

final as (

    select
        account_id,
        changed_on,
        known_on,
        cast(
            sum(mrr_change) over (
                partition by account_id
                order by changed_on
                rows between unbounded preceding and current row
            ) as {{ type_double() }}
        ) as mrr_after,
        cast(mrr_change as {{ type_double() }}) as mrr_change,
        coalesce(started_term_months > ended_term_months, false) as is_extension
    from daily_changes

)

select * from final
