{# The keyed hashes of the people whom `health erase` has removed, by kind of subject. Read when the
   model is compiled, so that nothing is hashed and compared where nobody was erased. #}
{% macro erased_subjects() -%}
    {%- set known = remembered('erased_subjects') -%}
    {%- if 'subjects' in known -%} {{ return(known.subjects) }} {%- endif -%}
    {%- set subjects = {} -%}
    {%- set raw = raw_table(source_node('derived', 'erased_subjects')) -%}
    {%- if raw -%}
        {%- for row in run_query("select kind, subject_hash from " ~ raw.scan ~ " order by kind, subject_hash") -%}
            {%- do subjects.setdefault(row[0], []).append(row[1]) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do known.update({'subjects': subjects}) -%}
    {{ return(subjects) }}
{%- endmacro %}
