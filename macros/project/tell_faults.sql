{# What dbt says of a failed test is a number of rows. A test that has a column `told` says in words
   what is wrong, and in which file and row; only those are shown, because other tests may find rows
   that hold what no log should. #}
{% macro tell_faults(results) -%}
    {%- set shown_rows = 5 -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- for result in results
            if result.node.resource_type == 'test'
            and result.status in ('fail', 'warn')
            and ' as told' in (result.node.compiled_code or '')
        -%}
            {%- set faults = run_query(
                "select told from (" ~ result.node.compiled_code ~ "\n) as faults order by told"
            ) -%}
            {%- for fault in faults.rows[:shown_rows] -%}
                {%- do log(result.node.name ~ ": " ~ fault[0], info=true) -%}
            {%- endfor -%}
            {%- if faults.rows | length > shown_rows -%}
                {%- do log(
                    result.node.name ~ ": and " ~ (faults.rows | length - shown_rows) ~ " more", info=true
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
