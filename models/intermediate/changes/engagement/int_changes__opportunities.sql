with

opportunity_history as (

    select * from {{ ref('stg_salesforce__opportunity_history') }}

),

account_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_versions as (

    {{ changed_rows(ref('stg_salesforce__opportunity_history'), ['opportunity_id']) }}

),

changed_opportunities as (

    {{ changed_rows(
        ref('stg_salesforce__opportunity'), ['opportunity_id'], ['opportunity_id', 'currency']
    ) }}

),

changes as (

    select opportunity_id from changed_versions
    union distinct
    select opportunity_id from changed_opportunities
    union distinct
    select opportunity_history.opportunity_id
    from opportunity_history
    inner join account_links
        on
            account_links.source_system = 'salesforce'
            and opportunity_history.account_id = account_links.source_key

),

final as (

    select opportunity_id from changes

)

select * from final
