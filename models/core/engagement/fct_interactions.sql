{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'interaction_id': 'int_changes__interactions'}}
) }}

with

interactions as (

    select * from {{ ref('int_success__interactions') }}
    {{ changed_only('int_changes__interactions', 'interaction_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        interactions.interaction_id,
        account_sources.account_id,
        interactions.contact_id,
        interactions.interaction_type,
        interactions.is_two_way,
        interactions.outcome,
        interactions.occurred_on,
        interactions.recorded_at,
        greatest(interactions.known_on, account_sources.known_on) as known_on
    from interactions
    inner join account_sources
        on
            account_sources.source_system = 'salesforce'
            and interactions.crm_account_id = account_sources.source_key
            and {{ valid_on('interactions.occurred_on', 'account_sources') }}

)

select * from final
