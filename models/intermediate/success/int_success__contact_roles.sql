{{ config(materialized='view') }}

with

contact_tags as (

    select * from {{ ref('stg_customer_success__contact_tag') }}

),

{# A departure counts from the day we heard of it, not from the day it happened. #}
dated_tags as (

    select
        contact_tags.*,
        {{ known_on('valid_from', 'recorded_at') }} as start_known_on,
        {{ known_on('valid_to', 'coalesce(end_recorded_at, recorded_at)') }} as end_known_on
    from contact_tags

),

final as (

    select
        contact_tag_id as contact_role_id,
        account_id as crm_account_id,
        contact_id,
        tag as contact_role,
        valid_from,
        valid_to,
        coalesce(end_reason = 'departed', false) as has_departed,
        recorded_at,
        start_known_on as known_on,
        case
            when valid_to is not null then greatest(end_known_on, start_known_on)
        end as ended_known_on
    from dated_tags

)

select * from final
