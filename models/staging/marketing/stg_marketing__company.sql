with

checked as (

    {{ checked_source('marketing', 'company') }}

),

final as (

    select
        id as company_id,
        property_salesforceaccountid as account_id,
        {%- for field in crm_health_fields() %}
        {{ held_field_value('property_' ~ field.name, field.kind) }} as {{ field.name }},
        {%- endfor %}
        last_recorded_at
    from checked

)

select * from final
