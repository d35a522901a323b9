{# A slip in the CRM is no reason to stop: its link is cut, and mon_hierarchy_faults says where. #}
{{ config(severity='warn') }}
select
    'salesforce.account, row ' || account_id || ': ' || fault
    || coalesce(' under ' || declared_parent_account_id, '') as told
from {{ ref('mon_hierarchy_faults') }}
where is_current
