{{ config(materialized='view') }}

with

source_keys as (

    select * from {{ ref('int_identity__source_keys') }}
    {{ changed_only('int_changes__source_keys', 'source_key') }}

),

exclusive_keys as (

    select * from {{ ref('int_identity__exclusive_keys') }}

),

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

link_overrides as (

    select * from {{ ref('account_link_overrides') }}
    {{ changed_only('int_changes__source_keys', 'source_key') }}

),

exclusive_values as (

    select
        source_system,
        source_key,
        'contact_email' as match_method,
        email_hash as key_value,
        known_on
    from source_keys
    union all
    select
        source_system,
        source_key,
        'domain' as match_method,
        domain_name as key_value,
        known_on
    from source_keys

),

{# Two accounts declared one company are a merge, which int_crm__accounts has applied already. #}
final as (

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
        exclusive_values.source_system,
        exclusive_values.source_key,
        exclusive_keys.match_method,
        exclusive_keys.account_id,
        exclusive_keys.valid_from,
        exclusive_keys.valid_to,
        greatest(exclusive_values.known_on, exclusive_keys.known_on) as known_on
    from exclusive_values
    inner join exclusive_keys
        on
            exclusive_values.match_method = exclusive_keys.match_method
            and exclusive_values.key_value = exclusive_keys.key_value
    union all
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

)

select * from final
