{{ config(materialized='view') }}

with

business_reviews as (

    select * from {{ ref('stg_customer_success__qbr') }}

),

{# A review that is booked tells nothing until its day has come. #}
final as (

    select
        qbr_id as business_review_id,
        account_id as crm_account_id,
        review_status,
        {{ reporting_date('scheduled_at') }} as scheduled_on,
        {{ reporting_date('held_at') }} as held_on,
        recorded_at,
        {{ known_on('coalesce(held_at, scheduled_at)', 'recorded_at') }} as known_on
    from business_reviews

)

select * from final
