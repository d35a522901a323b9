{{ config(materialized='view') }}

with

marketing_contacts as (

    select * from {{ ref('stg_marketing__contact') }}

),

{# The same address on two records of the marketing system is one contact. #}
ranked_contacts as (

    select
        email_hash,
        is_marketable,
        recorded_at,
        coalesce(created_at, recorded_at) as created_at,
        row_number() over (
            partition by email_hash
            order by recorded_at asc, marketing_contact_id asc
        ) as contact_rank
    from marketing_contacts
    where email_hash is not null

),

final as (

    select
        email_hash as contact_key,
        is_marketable,
        {{ reporting_date('created_at') }} as created_on,
        {{ known_on('created_at', 'recorded_at') }} as known_on
    from ranked_contacts
    where contact_rank = 1

)

select * from final
