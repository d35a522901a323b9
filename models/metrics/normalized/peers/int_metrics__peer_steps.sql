with

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

numbers as (

    {{ dbt.generate_series(peer_step_limit()) | indent(4) }}

),

final as (

    select
        catalogue.metric_id,
        cast(catalogue.lowest_step + numbers.generated_number - 1 as bigint) as value_step
    from catalogue
    inner join numbers
        on numbers.generated_number <= catalogue.highest_step - catalogue.lowest_step + 1
    where catalogue.peer_scheme is not null

)

select * from final
