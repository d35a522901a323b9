with

overrides as (

    select * from {{ ref('stg_decisions__overrides') }}

),

withdrawals as (

    select * from {{ ref('stg_decisions__override_withdrawals') }}

),

first_withdrawals as (

    select
        override_id,
        min({{ known_on('withdrawn_at', 'recorded_at') }}) as withdrawn_on
    from withdrawals
    group by override_id

),

entries as (

    select
        overrides.*,
        {{ reporting_date('overrides.created_at') }} as created_on,
        {{ known_on('overrides.created_at', 'overrides.recorded_at') }} as known_on,
        first_withdrawals.withdrawn_on
    from overrides
    left join first_withdrawals on overrides.override_id = first_withdrawals.override_id

),

{# A ledger is read in the order in which it was written; what an id said first stands, and an entry
   that was written over is not what anybody decided. #}
final as (

    select
        override_id,
        row_number() over (
            partition by override_id order by recorded_at, created_at
        ) as entry_number,
        last_recorded_at > recorded_at as is_rewritten,
        row_number() over (order by recorded_at, created_at, override_id) as ledger_number,
        account_id,
        objective_id,
        override_kind,
        amount,
        reason_code,
        evidence,
        author_key,
        author_role,
        approver_key,
        approver_role,
        created_on,
        valid_from,
        expires_on,
        withdrawn_on,
        greatest(valid_from, known_on) as starts_on,
        {{ earlier_end('expires_on', 'withdrawn_on') }} as ends_on,
        recorded_at,
        known_on
    from entries

)

select * from final
