with

incidents as (

    select * from {{ ref('stg_incident_log__incidents') }}

),

{# Several versions of one minute are one state: the last of them. #}
numbered as (

    select
        *,
        row_number() over (
            partition by ticket_id, updated_at order by version_number desc
        ) as version_rank
    from incidents

),

states as (

    select
        *,
        lag(ticket_status) over ticket_versions as previous_status,
        lag(severity) over ticket_versions as previous_severity,
        lag(reopen_count) over ticket_versions as previous_reopen_count
    from numbered
    where version_rank = 1
    window ticket_versions as (partition by ticket_id order by updated_at)

),

final as (

    select
        ticket_id,
        first_value(account_id) over ticket_history as account_id,
        opened_at,
        updated_at,
        ticket_status,
        severity,
        previous_severity,
        coalesce(
            previous_status = 'solved'
            and ticket_status != 'solved'
            and reopen_count > previous_reopen_count, false
        ) as is_reopened
    from states
    where
        previous_status is null
        or previous_status != ticket_status
        or previous_severity != severity
    window ticket_history as (partition by ticket_id order by updated_at)

)

select * from final
