select
    cast(null as varchar) as product_id,
    cast(null as varchar) as product_name,
    cast(null as varchar) as product_kind,
    cast(null as varchar) as plan_tier,
    cast(null as boolean) as is_module
where false
