with

entries as (

    select * from {{ ref('int_scoring_overrides__entries') }}

),

first_days as (

    select * from {{ ref('int_scoring_overrides__first_days') }}

),

{# Judged once, by what is known on the first day. A ceiling never raises. #}
raises as (

    select
        entries.ledger_number,
        entries.has_director,
        entries.has_second_person,
        entries.largest_raise_alone,
        {{ days_between('entries.expires_on', 'first_days.renewal_on') }}
        < entries.renewal_watch_days as is_renewal_near,
        case entries.override_kind
            when 'delta' then entries.amount
            when 'floor' then entries.amount - first_days.gated_score
            when 'value' then entries.amount - first_days.gated_score
        end as raise_points
    from entries
    inner join first_days on entries.ledger_number = first_days.ledger_number

),

final as (

    select
        ledger_number,
        'needs_director' as fault_id
    from raises
    where
        raise_points > largest_raise_alone
        and not has_director
    union all
    select
        ledger_number,
        'needs_second_person' as fault_id
    from raises
    where
        raise_points > 0
        and is_renewal_near
        and not has_second_person

)

select * from final
