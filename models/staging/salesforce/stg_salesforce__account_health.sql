with

checked as (

    {{ checked_source('salesforce', 'account') }}

),

{# Read apart from the account itself: these fields are ours, come and go with the write-back, and
   must neither change nor cost what the CRM says of the account. #}
final as (

    select
        id as account_id,
        {%- for field in crm_health_fields() %}
        {{ held_field_value(field.name ~ '_c', field.kind) }} as {{ field.name }},
        {%- endfor %}
        last_recorded_at
    from checked

)

select * from final
