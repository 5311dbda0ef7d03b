"""Signing the rules for a partner, and who signed what."""
