{{ config(materialized='view') }}

with

metric_scores as (

    select * from {{ ref('fct_account_metric_scores') }}

),

dimension_scores as (

    select * from {{ ref('fct_account_dimension_scores') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

metric_weights as (

    select * from {{ ref('int_scoring__metric_weights') }}

),

objective_weights as (

    select * from {{ ref('int_scoring__objective_weights') }}

),

{{ health_contributions() }}

select * from final
