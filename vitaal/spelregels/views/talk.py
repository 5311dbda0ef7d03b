"""Talking about a proposal."""
