{# A slip in the CRM is no reason to stop: its link is cut, and mon_hierarchy_faults says where. #}
{{ config(severity='warn') }}
select
    account_id,
    declared_parent_account_id,
    fault
from {{ ref('mon_hierarchy_faults') }}
where is_current
