"""The round of a proposal: opening it, speaking in it, and ending it."""
