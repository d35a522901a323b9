with

account_links as (

    select * from {{ ref('int_identity__account_links') }}

),

changed_accounts as (

    select * from {{ ref('int_changes__telemetry_accounts') }}

),

changes as (

    select distinct account_links.source_key as group_id
    from account_links
    inner join changed_accounts on account_links.account_id = changed_accounts.account_id
    where account_links.source_system = 'product_events'

),

final as (

    select group_id from changes

)

select * from final
