{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'account_id': 'int_changes__telemetry_accounts'}}
) }}

with

telemetry_signals as (

    select * from {{ ref('int_product__telemetry_signals') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}
    {{ changed_only('int_changes__telemetry_accounts', 'account_id') }}

),

{# An account may have several workspaces; one that reports is proof enough. #}
final as (

    select
        account_sources.account_id,
        telemetry_signals.signal_on,
        min(greatest(telemetry_signals.known_on, account_sources.known_on)) as known_on
    from telemetry_signals
    inner join account_sources
        on
            account_sources.source_system = 'product_events'
            and telemetry_signals.group_id = account_sources.source_key
            and {{ valid_on('telemetry_signals.signal_on', 'account_sources') }}
    group by account_sources.account_id, telemetry_signals.signal_on

)

select * from final
