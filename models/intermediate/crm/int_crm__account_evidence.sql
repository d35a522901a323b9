with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

invoices as (

    select * from {{ ref('int_billing__invoices') }}

),

product_groups as (

    select * from {{ ref('int_identity__product_groups') }}

),

account_links as (

    select * from {{ ref('int_identity__account_links') }}

),

first_lines as (

    select
        account_id,
        min(known_on) as first_known_on
    from account_lines
    group by account_id

),

{# A workspace that calls home is the sign of use that costs no look at single events. #}
source_evidence as (

    select
        'stripe' as source_system,
        customer_id as source_key,
        min(known_on) as first_known_on
    from invoices
    group by customer_id
    union all
    select
        'product_events' as source_system,
        group_id as source_key,
        {{ known_on('recorded_at', 'recorded_at') }} as first_known_on
    from product_groups

),

all_evidence as (

    select
        account_id,
        first_known_on as line_known_on,
        cast(null as date) as evidence_known_on
    from first_lines
    union all
    select
        account_links.account_id,
        null as line_known_on,
        source_evidence.first_known_on as evidence_known_on
    from source_evidence
    inner join account_links
        on
            source_evidence.source_system = account_links.source_system
            and source_evidence.source_key = account_links.source_key

),

final as (

    select
        account_id,
        min(line_known_on) as first_line_known_on,
        min(evidence_known_on) as first_evidence_known_on
    from all_evidence
    group by account_id

)

select * from final
