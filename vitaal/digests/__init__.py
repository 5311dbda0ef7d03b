"""Who wants which digest when, and what it says."""
