{# An override without reason, author, expiry or another part is no decision that anybody can check.
   It never acts, and whoever builds is told: the row is named by its table and key. #}
select
    source_system || '.' || source_table || ', row ' || row_key || ': ' || rejection_reason
        as told
from {{ ref('quarantine_decisions') }}
where rejection_reason != 'duplicate_or_superseded'
