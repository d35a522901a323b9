"""The ledger of overrides: its rules, its files, and what it says."""
