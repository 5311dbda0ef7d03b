"""Looking at a rule again: keep it, change it or stop with it."""
