{# The group of an account at a level of a peer scheme; none where the scheme has no such level. #}
{% macro peer_group(level, spine) -%}
    case {{ level }}
        when 'all' then 'all'
        when 'industry_segment' then coalesce({{ spine }}.peer_industry_segment, 'unknown')
        when 'segment' then coalesce({{ spine }}.peer_segment, 'unknown')
        when 'plan_tier' then coalesce({{ spine }}.peer_plan_tier, 'unknown')
        when 'seat_bucket' then coalesce({{ spine }}.peer_seat_bucket, 'unknown')
        else 'none'
    end
{%- endmacro %}
