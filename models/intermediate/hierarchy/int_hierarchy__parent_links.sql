with

parent_spans as (

    select * from {{ ref('int_hierarchy__parent_spans') }}

),

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

account_survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

scoring_dates as (

    select * from {{ ref('int_crm__scoring_dates') }}

),

{# An account that was merged away has left the hierarchy; its survivor has a place of its own. #}
declared_links as (

    select
        parent_spans.account_id,
        scoring_dates.as_of_date,
        parent_spans.parent_account_id as declared_parent_account_id,
        parent_spans.is_reconstructed
    from parent_spans
    inner join scoring_dates
        on {{ valid_on('scoring_dates.as_of_date', 'parent_spans') }}
    inner join accounts
        on
            parent_spans.account_id = accounts.account_id
            and scoring_dates.as_of_date >= accounts.known_on
    where
        accounts.merged_on is null
        or accounts.merged_on > scoring_dates.as_of_date

),

{# Who stands for a parent that was merged away is its survivor, from the day of the merge. #}
surviving_links as (

    select
        declared_links.account_id,
        declared_links.as_of_date,
        declared_links.declared_parent_account_id,
        declared_links.is_reconstructed,
        parents.account_id as parent_account_id
    from declared_links
    left join account_survivors
        on
            declared_links.declared_parent_account_id = account_survivors.account_id
            and {{ valid_on('declared_links.as_of_date', 'account_survivors') }}
    left join accounts as parents
        on
            account_survivors.survivor_account_id = parents.account_id
            and declared_links.as_of_date >= parents.known_on

),

final as (

    select
        account_id,
        as_of_date,
        declared_parent_account_id,
        case when parent_account_id != account_id then parent_account_id end as parent_account_id,
        case
            when parent_account_id is null then 'unknown_parent'
            when parent_account_id = account_id then 'own_parent'
            else 'linked'
        end as link_status,
        is_reconstructed
    from surviving_links

)

select * from final
