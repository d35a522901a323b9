{{ config(materialized='view') }}

with

meetings as (

    select * from {{ ref('int_success__meetings') }}

),

calls_and_emails as (

    select * from {{ ref('int_success__calls_and_emails') }}

),

interactions as (

    select * from meetings
    union all
    select * from calls_and_emails

),

final as (

    select
        interaction_id,
        crm_account_id,
        contact_id,
        interaction_type,
        is_two_way,
        outcome,
        occurred_on,
        recorded_at,
        known_on
    from interactions
    where crm_account_id is not null

)

select * from final
