"""The schema, step by step, as its owner."""
