{# The first date at which a fact counts: it has happened and, within the grace, it was loaded. #}
{% macro known_on(event_at, recorded_at) -%}
    greatest(
        {{ reporting_date(event_at) }},
        {{ reporting_date(recorded_at ~ " - interval '" ~ setting('ingestion_grace_hours') ~ "' hour") }}
    )
{%- endmacro %}
