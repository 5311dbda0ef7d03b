"""A municipality starts a coalition."""
