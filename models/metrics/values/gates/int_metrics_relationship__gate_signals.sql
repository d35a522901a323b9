with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

contact_roles as (

    select * from {{ ref('fct_contact_roles') }}

),

relationship_roles as (

    select * from {{ ref('relationship_roles') }}

),

champions_by_date as (

    select
        spine.account_id,
        spine.as_of_date,
        contact_roles.valid_from,
        contact_roles.has_departed,
        case
            when
                coalesce(contact_roles.ended_known_on, contact_roles.valid_to) <= spine.as_of_date
                and contact_roles.valid_to <= spine.as_of_date
                then contact_roles.valid_to
        end as ended_on
    from contact_roles
    inner join relationship_roles
        on contact_roles.contact_role = relationship_roles.contact_role
    inner join spine
        on
            contact_roles.account_id = spine.account_id
            and contact_roles.known_on <= spine.as_of_date
    where relationship_roles.is_champion = 1

),

states as (

    select
        account_id,
        as_of_date,
        count(*) filter (where ended_on is null) as champion_count,
        max(valid_from) as last_tagged_on,
        max(ended_on) as last_ended_on,
        max(ended_on) filter (where has_departed) as last_departed_on
    from champions_by_date
    group by account_id, as_of_date

),

{# The gate is about the last one: nobody is left, the last to go left the customer, and nobody has
   been tagged since. #}
final as (

    select
        account_id,
        as_of_date,
        'champion_departed_days_ago' as signal_id,
        cast({{ days_between('last_departed_on', 'as_of_date') }} as {{ type_double() }})
            as signal_value,
        'The last champion left on '
        || cast(last_departed_on as {{ dbt.type_string() }})
        || ' and nobody has been tagged since' as evidence
    from states
    where
        champion_count = 0
        and last_departed_on = last_ended_on
        and last_tagged_on < last_departed_on

)

select * from final
