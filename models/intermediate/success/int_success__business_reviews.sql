{{ config(materialized='view') }}

with

business_reviews as (

    select * from {{ ref('stg_customer_success__qbr') }}

),

{# A booking tells nothing, not even on its day: the row counts once it says what became of it. #}
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
    where
        held_at is not null
        or coalesce(review_status, '') != 'scheduled'

)

select * from final
