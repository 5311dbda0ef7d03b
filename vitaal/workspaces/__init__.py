"""Municipalities, workspaces, the partners in their circles and the members who represent them."""
