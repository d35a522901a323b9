"""The score in plain Python, and its comparison with the warehouse."""
