{% set date_format = '%d/%m/%Y %H:%M' -%}

with

incidents as (

    select * from {{ source('incident_log', 'incidents') }}

),

{# The export writes unknown as a question mark, and once as -100 where a state should stand. #}
final as (

    select
        number as ticket_id,
        md5(nullif(location, '?')) as account_id,
        nullif(location, '?') as location,
        case incident_state
            when 'Resolved' then 'solved'
            when 'Closed' then 'solved'
            when 'Awaiting User Info' then 'waiting_on_customer'
            when 'Awaiting Evidence' then 'waiting_on_customer'
            when '-100' then null
            else 'open'
        end as ticket_status,
        cast(left(priority, 1) as integer) as severity,
        cast(reopen_count as integer) as reopen_count,
        cast(sys_mod_count as integer) as version_number,
        strptime(opened_at, '{{ date_format }}') as opened_at,
        strptime(sys_updated_at, '{{ date_format }}') as updated_at
    from incidents

)

select * from final
where
    location is not null
    and ticket_status is not null
