"""Versions of the scoring model: what belongs to one, and that it does not change."""
