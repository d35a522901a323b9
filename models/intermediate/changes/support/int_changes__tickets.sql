{#- What a ticket consists of; each of these tables has its id. -#}
{%- set parts = ['ticket', 'ticket_comment', 'ticket_field_history', 'satisfaction_rating'] -%}
with

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}

),

comments as (

    select * from {{ ref('stg_zendesk__ticket_comment') }}

),

{# A large table that is read once is not copied. #}
scored_comments as (

    select * from {{ ref('stg_zendesk__ticket_comment') }}
    where text_hash is not null

),

field_history as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}

),

satisfaction_ratings as (

    select * from {{ ref('stg_zendesk__satisfaction_rating') }}

),

users as (

    select * from {{ ref('stg_zendesk__user') }}

),

account_links as (

    select * from {{ ref('int_identity__account_links') }}

),

changed_links as (

    select * from {{ ref('int_changes__account_links') }}

),

{% for name in parts -%}
{{ name }}_changes as (

    {{ landed_values(ref('stg_zendesk__' ~ name), ['ticket_id']) }}

),

{% endfor -%}

changed_users as (

    {{ changed_rows(ref('stg_zendesk__user'), ['user_id']) }}

),

{# The region of an account decides on its business hours. #}
changed_accounts as (

    {{ changed_rows(ref('int_crm__accounts'), ['account_id']) }}

),

changed_scores as (

    {{ changed_rows(ref('stg_derived__text_sentiment'), ['text_hash']) }}

),

changed_organizations as (

    select source_key as organization_id
    from changed_links
    where source_system = 'zendesk'
    union distinct
    select account_links.source_key as organization_id
    from account_links
    inner join changed_accounts on account_links.account_id = changed_accounts.account_id
    where account_links.source_system = 'zendesk'

),

{# A ticket without an organization has that of its requester. #}
people as (

    select user_id from changed_users
    union distinct
    select users.user_id
    from users
    inner join changed_organizations
        on users.organization_id = changed_organizations.organization_id

),

changes as (

    {% for name in parts -%}
    select ticket_id from {{ name }}_changes
    union distinct
    {% endfor -%}
    select comments.ticket_id
    from comments
    inner join changed_users on comments.user_id = changed_users.user_id
    union distinct
    select field_history.ticket_id
    from field_history
    inner join changed_users on field_history.user_id = changed_users.user_id
    union distinct
    select scored_comments.ticket_id
    from scored_comments
    inner join changed_scores on scored_comments.text_hash = changed_scores.text_hash
    union distinct
    select satisfaction_ratings.ticket_id
    from satisfaction_ratings
    inner join changed_scores on satisfaction_ratings.text_hash = changed_scores.text_hash
    union distinct
    select ticket_id
    from tickets
    where
        requester_id in (select people.user_id from people)
        or organization_id in (
            select changed_organizations.organization_id from changed_organizations
        )

),

final as (

    select ticket_id from changes

)

select * from final
