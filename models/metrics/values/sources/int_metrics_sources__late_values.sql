with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

outages as (

    select * from {{ ref('fct_source_outages') }}

),

value_systems as (

    select * from {{ ref('value_systems') }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

{# A value that rests on several systems is late as soon as one of them is. #}
final as (

    select distinct
        value_systems.value_id,
        as_of_dates.as_of_date
    from as_of_dates
    inner join outages
        on {{ valid_on('as_of_dates.as_of_date', 'outages') }}
    inner join value_systems
        on outages.source_system = value_systems.source_system

)

select * from final
