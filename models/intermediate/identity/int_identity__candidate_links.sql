{{ config(materialized='view') }}

with

source_keys as (

    select * from {{ ref('int_identity__source_keys') }}

),

exclusive_keys as (

    select * from {{ ref('int_identity__exclusive_keys') }}

),

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

link_overrides as (

    select * from {{ ref('account_link_overrides') }}

),

candidate_links as (

    select
        source_keys.source_system,
        source_keys.source_key,
        source_keys.named_by as match_method,
        accounts.account_id,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        greatest(source_keys.known_on, accounts.known_on) as known_on
    from source_keys
    inner join accounts
        on source_keys.named_account_id = accounts.account_id
    union all
    select
        source_keys.source_system,
        source_keys.source_key,
        exclusive_keys.match_method,
        exclusive_keys.account_id,
        exclusive_keys.valid_from,
        exclusive_keys.valid_to,
        greatest(source_keys.known_on, exclusive_keys.known_on) as known_on
    from source_keys
    inner join exclusive_keys
        on
            source_keys.email = exclusive_keys.key_value
            and exclusive_keys.match_method = 'contact_email'
    union all
    select
        source_keys.source_system,
        source_keys.source_key,
        exclusive_keys.match_method,
        exclusive_keys.account_id,
        exclusive_keys.valid_from,
        exclusive_keys.valid_to,
        greatest(source_keys.known_on, exclusive_keys.known_on) as known_on
    from source_keys
    inner join exclusive_keys
        on
            source_keys.domain_name = exclusive_keys.key_value
            and exclusive_keys.match_method = 'domain'
    union all
    {#
        Two accounts declared one company are a merge, which int_crm__accounts has applied
        already.
    #}
    select
        link_overrides.source_system,
        link_overrides.source_key,
        'override' as match_method,
        link_overrides.account_id,
        link_overrides.valid_from,
        link_overrides.valid_to,
        source_keys.known_on
    from link_overrides
    left join source_keys
        on
            link_overrides.source_system = source_keys.source_system
            and link_overrides.source_key = source_keys.source_key
    where link_overrides.source_system != 'salesforce'

),

final as (

    select
        source_system,
        source_key,
        match_method,
        account_id,
        valid_from,
        valid_to,
        known_on
    from candidate_links

)

select * from final
