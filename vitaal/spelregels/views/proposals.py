"""Proposals: writing one, offering another text, and taking it along its steps."""
