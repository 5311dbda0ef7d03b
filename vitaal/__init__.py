"""Vitaal: a workspace for coalitions that work on the vitality of their community."""
