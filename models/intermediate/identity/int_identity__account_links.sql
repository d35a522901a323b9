{{ config(
    materialized='incremental',
    meta={'kept_by': {'source_key': 'int_changes__source_keys'}}
) }}

with

key_links as (

    select * from {{ ref('int_identity__key_links') }}
    {{ changed_only('int_changes__source_keys', 'source_key') }}

),

account_survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

{# A merge moves a key to the survivor from its date on; earlier facts stay where they were. #}
surviving_links as (

    select
        key_links.source_system,
        key_links.source_key,
        account_survivors.survivor_account_id as account_id,
        key_links.match_method,
        key_links.match_confidence,
        key_links.known_on,
        {{ later_start('key_links.valid_from', 'account_survivors.valid_from') }} as valid_from,
        {{ earlier_end('key_links.valid_to', 'account_survivors.valid_to') }} as valid_to
    from key_links
    inner join account_survivors
        on key_links.account_id = account_survivors.account_id

),

final as (

    select
        source_system,
        source_key,
        account_id,
        match_method,
        cast(match_confidence as {{ type_double() }}) as match_confidence,
        valid_from,
        valid_to,
        known_on
    from surviving_links
    where
        valid_from is null
        or valid_to is null
        or valid_from < valid_to

)

select * from final
