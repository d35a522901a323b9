{{ config(materialized='incremental', incremental_strategy='landed_suspects') }}

{{ suspect_rows('product_events', 'tracks') }}
