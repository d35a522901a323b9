with

contact_roles as (

    select * from {{ ref('fct_contact_roles') }}

),

relationship_roles as (

    select * from {{ ref('relationship_roles') }}

),

{# An end counts from the day on which it has come and is known: nobody can act on less. #}
roles as (

    select
        contact_roles.account_id,
        contact_roles.contact_id,
        contact_roles.known_on as starts_on,
        case
            when contact_roles.valid_to is not null
                then
                    greatest(
                        contact_roles.valid_to,
                        coalesce(contact_roles.ended_known_on, contact_roles.valid_to)
                    )
        end as ends_on,
        coalesce(contact_roles.has_departed, false) as has_departed,
        relationship_roles.is_advocate,
        relationship_roles.is_sponsor,
        relationship_roles.is_key_contact
    from contact_roles
    inner join relationship_roles
        on contact_roles.contact_role = relationship_roles.contact_role

),

changes as (

    select
        account_id,
        contact_id,
        starts_on as changed_on,
        is_advocate,
        is_sponsor,
        is_key_contact,
        cast(null as date) as departed_on
    from roles
    where ends_on is null or ends_on > starts_on
    union all
    select
        account_id,
        contact_id,
        ends_on as changed_on,
        -is_advocate as is_advocate,
        -is_sponsor as is_sponsor,
        -is_key_contact as is_key_contact,
        case when has_departed then ends_on end as departed_on
    from roles
    where ends_on > starts_on

),

running as (

    select
        account_id,
        contact_id,
        changed_on as starts_on,
        lead(changed_on) over contact_history as ends_on,
        sum(is_advocate) over contact_history as advocate_roles,
        sum(is_sponsor) over contact_history as sponsor_roles,
        sum(is_key_contact) over contact_history as key_roles,
        min(departed_on) over (
            partition by account_id, contact_id order by changed_on nulls last
            rows between 1 following and unbounded following
        ) as departed_on
    from changes
    window contact_history as (
        partition by account_id, contact_id order by changed_on nulls last
    )

),

final as (

    select
        account_id,
        contact_id,
        starts_on,
        ends_on,
        departed_on,
        advocate_roles > 0 as is_advocate,
        sponsor_roles > 0 as is_sponsor,
        key_roles > 0 as is_key_contact
    from running
    where ends_on is null or ends_on > starts_on

)

select * from final
