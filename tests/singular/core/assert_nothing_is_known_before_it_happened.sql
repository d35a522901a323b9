-- The second clock never runs ahead of the first: a fact that counts before its date is a leak.
{%- set facts = {
    'fct_subscription_lines': 'starts_on',
    'fct_account_notices': 'notice_on',
    'fct_contractions': 'contracted_on',
    'fct_invoices': 'issued_on',
    'fct_payments': 'paid_on',
    'fct_billing_adjustments': 'adjusted_on',
    'fct_consumption': 'period_end',
} %}
{%- for fact, event_on in facts.items() %}
select
    '{{ fact }}' as fact_name,
    account_id,
    {{ event_on }} as event_on,
    known_on
from {{ ref(fact) }}
where known_on < {{ event_on }}
{{ 'union all' if not loop.last }}
{%- endfor %}
