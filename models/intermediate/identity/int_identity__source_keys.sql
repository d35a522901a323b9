with

stripe_customers as (

    select * from {{ ref('stg_stripe__customer') }}

),

zendesk_organizations as (

    select * from {{ ref('stg_zendesk__organization') }}

),

product_groups as (

    select * from {{ ref('int_identity__product_groups') }}

),

survey_people as (

    select * from {{ ref('stg_surveys__people') }}

),

marketing_addresses as (

    select * from {{ ref('int_identity__marketing_addresses') }}

),

market_domains as (

    select * from {{ ref('int_identity__market_domains') }}

),

crm_accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

source_keys as (

    select
        'salesforce' as source_system,
        account_id as source_key,
        'crm_record' as named_by,
        account_id as named_account_id,
        cast(null as {{ dbt.type_string() }}) as email_hash,
        cast(null as {{ dbt.type_string() }}) as domain_name,
        recorded_at
    from crm_accounts
    union all
    select
        'stripe' as source_system,
        customer_id as source_key,
        'declared_key' as named_by,
        crm_account_id as named_account_id,
        email_hash,
        email_domain as domain_name,
        recorded_at
    from stripe_customers
    union all
    select
        'zendesk' as source_system,
        organization_id as source_key,
        'external_id' as named_by,
        external_id as named_account_id,
        null as email_hash,
        lower(split_part(replace(trim(domain_names), ' ', ','), ',', 1)) as domain_name,
        recorded_at
    from zendesk_organizations
    union all
    select
        'product_events' as source_system,
        group_id as source_key,
        'declared_key' as named_by,
        crm_account_id as named_account_id,
        null as email_hash,
        domain as domain_name,
        recorded_at
    from product_groups
    union all
    select
        'surveys' as source_system,
        person_id as source_key,
        null as named_by,
        null as named_account_id,
        email_hash,
        email_domain as domain_name,
        recorded_at
    from survey_people
    union all
    select
        'marketing' as source_system,
        email_hash as source_key,
        null as named_by,
        null as named_account_id,
        email_hash,
        email_domain as domain_name,
        recorded_at
    from marketing_addresses
    union all
    select
        'market' as source_system,
        domain as source_key,
        null as named_by,
        null as named_account_id,
        null as email_hash,
        domain as domain_name,
        recorded_at
    from market_domains

),

final as (

    select
        source_system,
        source_key,
        named_by,
        named_account_id,
        email_hash,
        domain_name,
        {{ known_on('recorded_at', 'recorded_at') }} as known_on
    from source_keys

)

select * from final
