{{ config(materialized='view') }}

with

contact_tags as (

    select * from {{ ref('stg_customer_success__contact_tag') }}

),

{# A departure counts from the day we heard of it, not from the day it happened. #}
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
        {{ known_on('valid_from', 'recorded_at') }} as known_on,
        case
            when valid_to is not null
                then greatest(
                    {{ known_on('valid_to', 'coalesce(end_recorded_at, recorded_at)') }},
                    {{ known_on('valid_from', 'recorded_at') }}
                )
        end as ended_known_on
    from contact_tags

)

select * from final
