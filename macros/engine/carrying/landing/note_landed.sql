{# Writes down, once and before anything is built, what became of each raw table to which files were
   added: the models that stage it and those that set its rows aside ask for it. Comes after the lock. #}
{% macro note_landed() -%}
    {%- if carried_database() -%}
        {%- for row in run_query(
            "select source_system, source_table from landing.changed_tables where only_added"
            ~ " and (source_system, source_table) not in (select (source_system, source_table) from landing.states)"
            ~ " order by source_system, source_table"
        ) if 'source.account_health.' ~ row[0] ~ '.' ~ row[1] in graph.sources -%}
            {%- set contract = source_contract(row[0], row[1]) -%}
            {%- set added = added_scan(contract) -%}
    insert into landing.states values ('{{ row[0] }}', '{{ row[1] }}', '{{ 'added' if added else 'whole' }}');
            {%- if added %}
    insert into landing.touched_files
    select '{{ row[0] }}', '{{ row[1] }}', filename from ({{ touched_files(contract, added) }});
            {%- endif %}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
