{{ config(materialized='table') }}

{{ suspect_rows('product_events', 'tracks') }}
