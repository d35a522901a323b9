{%- set sources = {
    'billing': ['fct_invoices', 'fct_payments', 'fct_billing_adjustments', 'fct_subscription_lines'],
    'activity': ['fct_interactions'],
    'success': ['fct_contact_roles', 'fct_csm_pulses', 'fct_business_reviews'],
    'reviews': ['fct_business_reviews'],
    'marketing': ['fct_marketing_touches', 'dim_marketing_contacts'],
    'market': ['fct_external_events', 'fct_headcounts', 'fct_mentions'],
} -%}
with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

{# A state is known as of the last day on which its source told us anything about any account: a
   customer who is invoiced once a year is not unknown in between. #}
days_heard as (

    {%- for source_id, relations in sources.items() %}
    {%- set is_last_source = loop.last %}
    {%- for relation in relations %}
    select distinct
        cast('{{ source_id }}' as {{ dbt.type_string() }}) as source_id,
        known_on
    from {{ ref(relation) }}
    {%- if not (loop.last and is_last_source) %}
    union distinct
    {%- endif %}
    {%- endfor %}
    {%- endfor %}

),

last_heard as (

    select
        {%- for source_id in sources %}
        max(days_heard.known_on) filter (
            where days_heard.source_id = '{{ source_id }}'
        ) as {{ source_id }}_last_on,
        {%- endfor %}
        as_of_dates.as_of_date
    from as_of_dates
    left join days_heard on as_of_dates.as_of_date >= days_heard.known_on
    group by as_of_dates.as_of_date

),

final as (

    select
        {%- for source_id in sources %}
        {{ source_id }}_last_on,
        coalesce(
            {{ days_between(source_id ~ '_last_on', 'as_of_date') }}
            > {{ metric_parameter('source_clocks', 'late_days') }},
            false
        ) as is_{{ source_id }}_late,
        {%- endfor %}
        as_of_date
    from last_heard

)

select * from final
