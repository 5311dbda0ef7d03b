"""Spelregels: how we deal with each other; proposed, decided by consent, signed, lived with and renewed."""
