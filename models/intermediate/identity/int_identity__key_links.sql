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

identity_methods as (

    select * from {{ ref('identity_methods') }}

),

candidate_links as (

    select
        source_keys.source_system,
        source_keys.source_key,
        source_keys.named_by as match_method,
        accounts.account_id,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to
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
        exclusive_keys.valid_to
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
        exclusive_keys.valid_to
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
        source_system,
        source_key,
        'override' as match_method,
        account_id,
        valid_from,
        valid_to
    from link_overrides
    where source_system != 'salesforce'

),

ranked_links as (

    select
        candidate_links.source_system,
        candidate_links.source_key,
        candidate_links.account_id,
        candidate_links.valid_from,
        candidate_links.valid_to,
        identity_methods.match_method,
        identity_methods.match_confidence,
        rank() over (
            partition by candidate_links.source_system, candidate_links.source_key
            order by identity_methods.match_priority
        ) as method_rank
    from candidate_links
    inner join identity_methods
        on candidate_links.match_method = identity_methods.match_method

),

final as (

    select
        ranked_links.source_system,
        ranked_links.source_key,
        ranked_links.account_id,
        ranked_links.match_method,
        ranked_links.match_confidence,
        ranked_links.valid_from,
        ranked_links.valid_to,
        source_keys.known_on
    from ranked_links
    left join source_keys
        on
            ranked_links.source_system = source_keys.source_system
            and ranked_links.source_key = source_keys.source_key
    where ranked_links.method_rank = 1

)

select * from final
