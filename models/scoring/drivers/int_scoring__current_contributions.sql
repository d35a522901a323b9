with

metric_scores as (

    select * from {{ ref('int_scoring__current_metric_scores') }}

),

dimension_scores as (

    select * from {{ ref('fct_account_dimension_scores') }}
    where as_of_date = {{ as_of_date() }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}
    where as_of_date = {{ as_of_date() }}

),

metric_weights as (

    select * from {{ ref('int_scoring__metric_weights') }}

),

objective_weights as (

    select * from {{ ref('int_scoring__objective_weights') }}

),

{{ health_contributions() }}

select * from final
