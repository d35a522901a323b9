with

health_fields as (

    select * from {{ ref('int_crm__health_fields') }}

),

final as (

    select
        destination,
        account_id,
        {%- for field in crm_health_fields() %}
        {{ field.name }},
        {%- endfor %}
        record_id
    from health_fields

)

select * from final
