{# Whether a build has to work out a row again because one of its keys changed, as a condition; true of
   every row where no warehouse is carried on. `kept_by` is as in the config of that name. #}
{% macro is_changed(kept_by) -%}
    {#- Referred to while parsing alone, as in changed_only(). -#}
    {%- if not execute -%} {%- for changes in kept_by.values() -%} {%- do ref(changes) -%} {%- endfor -%} {%- endif -%}
    {%- if carried_database() -%} ({{ changed_condition(kept_by) }})
    {%- else -%} 1 = 1
    {%- endif -%}
{%- endmacro %}
