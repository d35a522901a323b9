{{ config(materialized='incremental', incremental_strategy='landed_rejects') }}

{{ quarantined_rows(
    'marketing',
    [
        'contact',
        'email_event',
        'email_event_delivered',
        'email_event_click',
        'email_event_status_change',
        'contact_form_submission',
        'event_attendance',
        'company',
    ]
) }}
