"""Asking someone into a circle, and their answer."""
