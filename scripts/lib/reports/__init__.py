"""What a person reads of a build: the portfolio, and how one score came about."""
