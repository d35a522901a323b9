with

contacts as (

    select * from {{ ref('stg_salesforce__contact') }}

),

final as (

    select
        contact_id,
        account_id,
        email_hash,
        email_domain,
        department,
        {{ reporting_date('created_at') }} as created_on,
        recorded_at,
        {{ known_on('created_at', 'recorded_at') }} as known_on
    from contacts

)

select * from final
