"""Pure, typed functions that the commands call."""
