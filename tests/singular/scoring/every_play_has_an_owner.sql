{# Somebody acts on every play: a role that exists. #}
with

playbooks as (

    select
        *,
        {{ seed_row() }} as file_row
    from {{ ref('playbooks') }}

),

owner_roles as (

    select * from {{ ref('owner_roles') }}

),

final as (

    select
        'seeds/action_model/playbooks.csv, row '
        || {{ told_row('playbooks.file_row') }}
        || ': play ' || playbooks.play_id
        || coalesce(' has the unknown owner_role ' || playbooks.owner_role, ' has no owner_role')
            as told
    from playbooks
    left join owner_roles on playbooks.owner_role = owner_roles.owner_role
    where owner_roles.owner_role is null

)

select * from final
