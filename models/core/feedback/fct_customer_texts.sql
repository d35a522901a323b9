{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'text_id': 'int_changes__texts'}}
) }}

with

customer_texts as (

    select * from {{ ref('int_survey__customer_texts') }}
    {{ changed_only('int_changes__texts', 'text_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        customer_texts.text_id,
        account_sources.account_id,
        customer_texts.text_source,
        customer_texts.sentiment_compound,
        customer_texts.is_supported_language,
        customer_texts.scorer_version,
        customer_texts.written_on,
        customer_texts.recorded_at,
        greatest(customer_texts.known_on, account_sources.known_on) as known_on
    from customer_texts
    inner join account_sources
        on
            customer_texts.source_system = account_sources.source_system
            and customer_texts.source_key = account_sources.source_key
            and {{ valid_on('customer_texts.written_on', 'account_sources') }}

)

select * from final
