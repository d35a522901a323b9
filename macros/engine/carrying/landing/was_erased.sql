{# Whether people were erased since the carried warehouse was built, of whom a raw table may tell. #}
{% macro was_erased(contract) -%}
    {%- if not contract.columns | selectattr('rules.subject', 'defined') | list -%} {{ return(false) }} {%- endif -%}
    {%- set erased = "(select max(content) from landing.derived where name = 'erased_subjects')" -%}
    {{ return(run_query(
        "select " ~ erased ~ " is distinct from " ~ erased | replace('landing.', carried_database() ~ '.landing.')
    ).columns[0].values()[0]) }}
{%- endmacro %}
