with

salesforce_accounts as (

    select * from {{ ref('stg_salesforce__account_health') }}

),

hubspot_companies as (

    select * from {{ ref('stg_marketing__company') }}

),

{# Two companies with the id of one account hold two truths; the one that was loaded last counts. #}
numbered_companies as (

    select
        *,
        row_number() over (
            partition by account_id order by last_recorded_at desc, company_id asc
        ) as company_number
    from hubspot_companies
    where account_id is not null

),

united as (

    select
        'salesforce' as destination,
        account_id as record_id,
        {%- for field in crm_health_fields() %}
        {{ field.name }},
        {%- endfor %}
        account_id
    from salesforce_accounts
    union all
    select
        'hubspot' as destination,
        company_id as record_id,
        {%- for field in crm_health_fields() %}
        {{ field.name }},
        {%- endfor %}
        account_id
    from numbered_companies
    where company_number = 1

),

final as (

    select
        destination,
        account_id,
        {%- for field in crm_health_fields() %}
        {{ field.name }},
        {%- endfor %}
        record_id
    from united

)

select * from final
