"""The account-health command line: thin commands over pure functions."""
