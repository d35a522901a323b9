with

changed_dates as (

    {{ changed_rows(ref('int_crm__scoring_dates'), ['as_of_date']) }}

),

final as (

    select distinct as_of_date from changed_dates

)

select * from final
