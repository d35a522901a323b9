{{ config(materialized='view') }}

with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

affected_dates as (

    select * from {{ ref('int_metrics_affected__dates') }}

),

final as (

    select spine.*
    from spine
    {%- if carried_database() %}
    inner join affected_dates
        on
            spine.account_id = affected_dates.account_id
            and spine.as_of_date = affected_dates.as_of_date
    {%- endif %}

)

select * from final
