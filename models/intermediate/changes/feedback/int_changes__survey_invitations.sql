with

invitations as (

    select * from {{ ref('stg_surveys__invitations') }}

),

changed_people as (

    select * from {{ ref('int_changes__survey_people') }}

),

changed_invitations as (

    {{ landed_values(ref('stg_surveys__invitations'), ['invitation_id']) }}

),

changes as (

    select invitation_id from changed_invitations
    union distinct
    select invitations.invitation_id
    from invitations
    inner join changed_people on invitations.person_id = changed_people.person_id

),

final as (

    select invitation_id from changes

)

select * from final
