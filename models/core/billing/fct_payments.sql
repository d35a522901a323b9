select
    cast(null as varchar) as payment_id,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as payment_status,
    cast(null as double) as amount,
    cast(null as date) as paid_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
