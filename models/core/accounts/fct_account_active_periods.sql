select
    cast(null as varchar) as account_id,
    cast(null as integer) as period_number,
    cast(null as date) as period_start,
    cast(null as date) as churn_date,
    cast(null as date) as churn_known_at,
    cast(null as date) as decision_at,
    cast(null as date) as decision_known_on,
    cast(null as varchar) as churn_type
where false
