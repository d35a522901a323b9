"""`health doctor`: what is wrong with the configuration, the scoring model and the raw data."""
