{%- set linked = {'source_key': dbt.type_string(), 'account_id': dbt.type_string()} -%}
with

source_keys as (

    select * from {{ ref('int_identity__source_keys') }}

),

changed_keys as (

    {{ changed_rows(ref('int_identity__source_keys'), ['source_key']) }}

),

changed_owners as (

    {{ changed_rows(ref('int_identity__exclusive_keys'), ['key_value']) }}

),

changed_accounts as (

    {{ changed_rows(ref('int_crm__accounts'), ['account_id']) }}

),

changed_survivors as (

    {{ changed_rows(ref('int_identity__account_survivors'), ['account_id']) }}

),

carried_links as (

    {{ carried_rows('int_identity__key_links', linked) }}

),

{# A link that is new to a merged account is one of a key that changed anyway. #}
final as (

    select source_key from changed_keys
    union distinct
    select source_keys.source_key
    from source_keys
    inner join changed_owners on source_keys.email_hash = changed_owners.key_value
    union distinct
    select source_keys.source_key
    from source_keys
    inner join changed_owners on source_keys.domain_name = changed_owners.key_value
    union distinct
    select source_keys.source_key
    from source_keys
    inner join changed_accounts on source_keys.named_account_id = changed_accounts.account_id
    union distinct
    select carried_links.source_key
    from carried_links
    inner join changed_survivors on carried_links.account_id = changed_survivors.account_id

)

select * from final
