{%- set first_days = {'first_line_known_on': 'date', 'first_evidence_known_on': 'date'} -%}
with

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

account_evidence as (

    select * from {{ ref('int_crm__account_evidence') }}

),

billing_accounts as (

    select * from {{ ref('int_changes__billing_accounts') }}

),

changed_accounts as (

    {{ changed_rows(ref('int_crm__accounts'), ['account_id']) }}

),

changed_attributes as (

    {{ changed_rows(ref('int_crm__account_attributes'), ['account_id']) }}

),

changed_evidence as (

    {{ changed_rows(ref('int_crm__account_evidence'), ['account_id']) }}

),

carried_evidence as (

    {{ carried_rows('int_crm__account_evidence', first_days) }}

),

{# When the sources began decides on what is expected of every account. #}
source_starts as (

    select
        min(first_line_known_on) as first_line_known_on,
        min(first_evidence_known_on) as first_evidence_known_on
    from account_evidence

),

carried_starts as (

    select
        min(first_line_known_on) as first_line_known_on,
        min(first_evidence_known_on) as first_evidence_known_on
    from carried_evidence

),

final as (

    select account_id from billing_accounts
    union distinct
    select account_id from changed_accounts
    union distinct
    select account_id from changed_attributes
    union distinct
    select account_id from changed_evidence
    union distinct
    select accounts.account_id
    from accounts
    cross join source_starts
    cross join carried_starts
    where
        {{ '1 = 1' if carried_database() else '1 = 0' }}
        and (
            source_starts.first_line_known_on is distinct from carried_starts.first_line_known_on
            or source_starts.first_evidence_known_on
            is distinct from carried_starts.first_evidence_known_on
        )

)

select * from final
