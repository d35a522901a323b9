{{ suspect_rows('product_events', 'tracks') }}
