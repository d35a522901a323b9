{#- As with tables: a view is written under its own name, in one transaction with what it replaces. -#}
{% materialization view, adapter='duckdb' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {{- run_hooks(pre_hooks, inside_transaction=False) -}}
    {{- run_hooks(pre_hooks, inside_transaction=True) -}}
    {%- call statement('main') -%}
        {{- drop_before(existing_relation) }}
        {{- get_create_view_as_sql(target_relation, compiled_code) -}}
    {%- endcall -%}
    {{- run_hooks(post_hooks, inside_transaction=True) -}}
    {{- adapter.commit() -}}
    {{- run_hooks(post_hooks, inside_transaction=False) -}}
    {{- return({'relations': [target_relation]}) -}}
{% endmaterialization %}
