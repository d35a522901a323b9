{% set faults = {
    'id_used_before': '(entry_number > 1 or is_rewritten)',
    'unknown_account': 'not is_known_account',
    'unknown_objective': 'not is_known_objective',
    'unknown_kind': 'not is_known_kind',
    'unknown_reason': 'not is_known_reason',
    'unknown_role': 'not may_author_write',
    'amount_out_of_range': '(amount < lowest_amount or amount > highest_amount)',
    'ends_before_it_begins': 'expires_on <= valid_from',
    'lasts_too_long': days_between('created_on', 'expires_on') ~ ' > longest_days',
    'approver_may_not_approve': 'has_approver and not may_approver_approve',
    'needs_director': 'abs(amount) > largest_amount_alone and not has_director',
} -%}

with

entries as (

    select * from {{ ref('int_scoring_overrides__entries') }}

),

final as (

    {% for fault_id, condition in faults.items() %}
    select
        ledger_number,
        '{{ fault_id }}' as fault_id
    from entries
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
