"""The rules as they hold now, one rule, and how it came about."""
