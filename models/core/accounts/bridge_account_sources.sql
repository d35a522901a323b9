{{ config(
    materialized='incremental',
    meta={'kept_by': {'source_key': 'int_changes__source_keys'}}
) }}

with

account_links as (

    select * from {{ ref('int_identity__account_links') }}
    {{ changed_only('int_changes__source_keys', 'source_key') }}

),

final as (

    select
        source_system,
        source_key,
        account_id,
        match_method,
        match_confidence,
        valid_from,
        valid_to,
        known_on
    from account_links

)

select * from final
