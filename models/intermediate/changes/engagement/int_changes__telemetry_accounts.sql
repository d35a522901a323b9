with

account_links as (

    select * from {{ ref('int_identity__account_links') }}

),

carried_links as (

    {{ carried_rows('int_identity__account_links', {
        'source_system': dbt.type_string(),
        'source_key': dbt.type_string(),
        'account_id': dbt.type_string(),
    }) }}

),

changed_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_calls as (

    {{ landed_values(ref('stg_product_events__groups'), ['group_id']) }}

),

links as (

    select
        source_key as group_id,
        account_id
    from account_links
    where source_system = 'product_events'
    union distinct
    select
        source_key as group_id,
        account_id
    from carried_links
    where source_system = 'product_events'

),

changed_groups as (

    select group_id from changed_calls
    union distinct
    select source_key as group_id
    from changed_links
    where source_system = 'product_events'

),

changes as (

    select distinct links.account_id
    from links
    inner join changed_groups on links.group_id = changed_groups.group_id

),

final as (

    select account_id from changes

)

select * from final
