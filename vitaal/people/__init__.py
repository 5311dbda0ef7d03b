"""A person, signing in, sessions and preferences."""
