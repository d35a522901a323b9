-- Cutting lines at terms and merges moves money between rows and loses none: days times MRR agree.
with

version_days as (

    select
        versions.subscription_id,
        sum({{ days_between(
            'versions.starts_on',
            'coalesce(versions.ends_on, ' ~ as_of_date() ~ ')'
        ) }}) as live_days
    from {{ ref('int_billing__subscription_versions') }} as versions
    group by versions.subscription_id

),

line_days as (

    select
        contract_lines.subscription_id,
        sum({{ days_between(
            'contract_lines.starts_on',
            'coalesce(contract_lines.ends_on, ' ~ as_of_date() ~ ')'
        ) }}) as live_days,
        count(distinct contract_lines.subscription_item_id) as item_count
    from {{ ref('int_billing__contract_lines') }} as contract_lines
    group by contract_lines.subscription_id

)

select
    line_days.subscription_id,
    version_days.live_days as version_days,
    line_days.live_days as line_days
from line_days
inner join version_days
    on line_days.subscription_id = version_days.subscription_id
where line_days.live_days != version_days.live_days * line_days.item_count
