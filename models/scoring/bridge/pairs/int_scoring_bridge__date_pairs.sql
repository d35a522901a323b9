{{ config(materialized='view') }}

with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

numbered_dates as (

    select
        account_id,
        as_of_date,
        row_number() over (partition by account_id order by as_of_date) as date_number,
        lag(as_of_date) over (partition by account_id order by as_of_date) as previous_date
    from account_spine

),

consecutive_dates as (

    select
        account_id,
        previous_date as since_date,
        as_of_date,
        1 as periods_apart
    from numbered_dates
    where previous_date is not null

),

{# All pairs would be the square of the history, so beside consecutive dates there are only the pair
   that current scores are compared by, and the one that a reader asks for. #}
{%- set chosen = {
    'compared': (comparison_date(), as_of_date()),
    'asked': (asked_date('since_date'), asked_date('as_of_date')),
} %}

{% for kind, dates in chosen.items() -%}
{{ kind }}_dates as (

    select
        later_dates.account_id,
        earlier_dates.as_of_date as since_date,
        later_dates.as_of_date,
        later_dates.date_number - earlier_dates.date_number as periods_apart
    from numbered_dates as later_dates
    inner join numbered_dates as earlier_dates
        on later_dates.account_id = earlier_dates.account_id
    where
        earlier_dates.as_of_date = {{ dates[0] }}
        and later_dates.as_of_date = {{ dates[1] }}
        and later_dates.date_number > earlier_dates.date_number

),

{% endfor -%}

united_dates as (

    select * from consecutive_dates
    union distinct
    select * from compared_dates
    union distinct
    select * from asked_dates

),

final as (

    select
        account_id,
        since_date,
        as_of_date,
        cast(periods_apart as integer) as periods_apart
    from united_dates

)

select * from final
