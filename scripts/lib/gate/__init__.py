"""The source gate: what was exported is examined before a build may read it."""
