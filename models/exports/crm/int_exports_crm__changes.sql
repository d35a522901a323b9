with

account_fields as (

    select * from {{ ref('int_exports_crm__account_fields') }}

),

held_fields as (

    select * from {{ ref('fct_crm_health_fields') }}

),

destinations as (

    select * from {{ ref('crm_destinations') }}

),

{# A record that the CRM does not have holds nothing: an account with a score differs from it, one
   without does not. #}
compared as (

    select
        destinations.destination,
        held_fields.record_id,
        account_fields.*,
        {%- for field in crm_health_fields() %}
        {{ 'or ' if not loop.first }}(
            account_fields.{{ field.name }} is distinct from held_fields.{{ field.name }}
        )
        {%- endfor %} as is_different
    from account_fields
    cross join destinations
    left join held_fields
        on
            destinations.destination = held_fields.destination
            and account_fields.account_id = held_fields.account_id

),

final as (

    select
        destination,
        account_id,
        record_id,
        {%- for field in crm_health_fields() %}
        {{ field.name }},
        {%- endfor %}
        {{ as_of_date() }} as as_of_date
    from compared
    where is_different

)

select * from final
