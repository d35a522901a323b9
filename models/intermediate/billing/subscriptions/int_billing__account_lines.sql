with

contract_lines as (

    select * from {{ ref('int_billing__contract_lines') }}

),

account_links as (

    select * from {{ ref('int_identity__account_links') }}

),

{# A merge cuts a line: the days before it stay with the merged account. A line may also come back
   to an account that it has left, so that only its first day tells a piece. #}
final as (

    select
        {{ surrogate_key([
            'contract_lines.subscription_item_id',
            'contract_lines.version_number',
            later_start('contract_lines.starts_on', 'account_links.valid_from'),
        ]) }} as subscription_line_id,
        account_links.account_id,
        contract_lines.subscription_id,
        contract_lines.product_id,
        contract_lines.product_kind,
        contract_lines.plan_tier,
        contract_lines.quantity,
        contract_lines.contract_currency,
        contract_lines.mrr_contract_amount,
        contract_lines.mrr,
        contract_lines.list_mrr,
        contract_lines.term_months,
        contract_lines.contract_type,
        contract_lines.is_auto_pay,
        contract_lines.is_trial,
        contract_lines.has_unlimited_seats,
        contract_lines.committed_units,
        {{ later_start('contract_lines.starts_on', 'account_links.valid_from') }} as starts_on,
        {{ earlier_end('contract_lines.ends_on', 'account_links.valid_to') }} as ends_on,
        contract_lines.term_starts_on,
        contract_lines.term_ends_on,
        contract_lines.recorded_at,
        greatest(
            contract_lines.known_on,
            coalesce(account_links.known_on, contract_lines.known_on),
            coalesce(account_links.valid_from, contract_lines.known_on)
        ) as known_on,
        case
            when
                account_links.valid_to is not null
                and (
                    contract_lines.ends_on is null
                    or account_links.valid_to <= contract_lines.ends_on
                )
                then account_links.valid_to
            else contract_lines.ended_known_on
        end as ended_known_on
    from contract_lines
    inner join account_links
        on
            contract_lines.customer_id = account_links.source_key
            and account_links.source_system = 'stripe'
            and (
                account_links.valid_to is null
                or contract_lines.starts_on < account_links.valid_to
            )
            and (
                account_links.valid_from is null
                or contract_lines.ends_on is null
                or contract_lines.ends_on > account_links.valid_from
            )

)

select * from final
