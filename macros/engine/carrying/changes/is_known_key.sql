{# Whether the last warehouse may hold a row of a raw table that has one of these values of the first
   column of the key: an accepted one or a rejected one. True where it does not keep the table, or does
   not know the keys of those whom `health erase` has removed. #}
{% macro is_known_key(contract, value, added) -%}
    {%- set node = graph.nodes.get('model.account_health.stg_' ~ contract.system ~ '__' ~ contract.table) -%}
    {%- set landed_by = node.config.meta.get('landed_by', {}) if node else {} -%}
    {%- if contract.key[0] not in landed_by or contract.erased -%} {{ return(true) }} {%- endif -%}
    {%- set staged = relation_of(node.name) -%}
    {%- set rejected = relation_of('quarantine_' ~ contract.system) -%}
    {%- set text = "coalesce(cast(" ~ value ~ " as " ~ dbt.type_string() ~ "), '')" -%}
    {{ return(run_query(
        "select exists (select 1 from " ~ carried_database() ~ "." ~ staged.schema ~ "." ~ staged.identifier
        ~ " where " ~ landed_by[contract.key[0]] ~ " in (select " ~ value ~ " from " ~ added ~ "))"
        ~ " or exists (select 1 from " ~ carried_database() ~ "." ~ rejected.schema ~ "." ~ rejected.identifier
        ~ " where source_table = '" ~ contract.table ~ "' and split_part(row_key, '|', 1) in (select split_part("
        ~ text ~ ", '|', 1) from " ~ added ~ "))"
    ).columns[0].values()[0]) }}
{%- endmacro %}
