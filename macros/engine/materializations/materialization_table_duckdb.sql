{#- DuckDB creates tables within transactions, so a table is written under its own name and needs no
    renaming: what was there is dropped in the same transaction and comes back when it fails. -#}
{% materialization table, adapter='duckdb' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {{- run_hooks(pre_hooks, inside_transaction=False) -}}
    {{- run_hooks(pre_hooks, inside_transaction=True) -}}
    {%- call statement('main') -%}
        {{- drop_before(existing_relation) }}
        {{- create_table_as(False, target_relation, compiled_code) -}}
    {%- endcall -%}
    {{- run_hooks(post_hooks, inside_transaction=True) -}}
    {{- adapter.commit() -}}
    {{- run_hooks(post_hooks, inside_transaction=False) -}}
    {{- return({'relations': [target_relation]}) -}}
{% endmaterialization %}
