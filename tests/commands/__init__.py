"""The `vitaal` command."""
