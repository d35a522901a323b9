with

people as (

    select * from {{ ref('stg_surveys__people') }}

),

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

{# One address on several contacts: the contact that was known first keeps it for good. #}
matches as (

    select
        people.person_id,
        contacts.contact_id,
        contacts.known_on as contact_known_on,
        row_number() over (
            partition by people.person_id
            order by contacts.known_on asc, contacts.contact_id asc
        ) as contact_rank
    from people
    left join contacts on people.email_hash = contacts.email_hash

),

final as (

    select
        person_id,
        contact_id,
        contact_known_on
    from matches
    where contact_rank = 1

)

select * from final
