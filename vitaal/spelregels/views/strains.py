"""Bringing up that a rule is strained, and the small path after it."""
