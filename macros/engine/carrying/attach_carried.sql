{# Attaches the warehouse of the run before, to read what changed since. Comes before the lock. #}
{% macro attach_carried() -%}
    {%- if carried_database() -%}
        attach if not exists '{{ carried_path().replace("'", "''") }}'
            as {{ carried_database() }} (read_only)
    {%- endif -%}
{%- endmacro %}
