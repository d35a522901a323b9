with

business_reviews as (

    select * from {{ ref('int_success__business_reviews') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        business_reviews.business_review_id,
        account_sources.account_id,
        business_reviews.review_status,
        business_reviews.scheduled_on,
        business_reviews.held_on,
        business_reviews.recorded_at,
        greatest(business_reviews.known_on, account_sources.known_on) as known_on
    from business_reviews
    inner join account_sources
        on
            account_sources.source_system = 'salesforce'
            and business_reviews.crm_account_id = account_sources.source_key
            and {{ valid_on('business_reviews.scheduled_on', 'account_sources') }}

)

select * from final
