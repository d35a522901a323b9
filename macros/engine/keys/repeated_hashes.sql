{# The key hashes that occur on more than one row of a table. #}
{% macro repeated_hashes(scan, key_hash) -%}
    {{ return(adapter.dispatch('repeated_hashes')(scan, key_hash)) }}
{%- endmacro %}

{% macro default__repeated_hashes(scan, key_hash) -%}
    select {{ key_hash }} as key_hash
    from {{ scan }}
    group by 1
    having count(*) > 1
{%- endmacro %}

{# Sorting 29 million 8-byte hashes and looking at the neighbour takes half the time and memory of a
   hash table with as many groups. The hash is made first, so that the sort carries no key. #}
{% macro duckdb__repeated_hashes(scan, key_hash) -%}
    with

    hashed_keys as (

        select {{ key_hash }} as key_hash
        from {{ scan }}

    ),

    neighbours as (

        select
            key_hash,
            lag(key_hash) over (order by key_hash) as previous_hash
        from hashed_keys

    )

    select distinct key_hash
    from neighbours
    where key_hash = previous_hash
{%- endmacro %}
