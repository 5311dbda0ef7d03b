"""The action agenda: what we do, and why."""
