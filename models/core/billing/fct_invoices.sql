select
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as subscription_id,
    cast(null as date) as issued_on,
    cast(null as date) as due_on,
    cast(null as double) as amount,
    cast(null as boolean) as is_auto_pay,
    cast(null as date) as voided_on,
    cast(null as date) as written_off_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
