"""The national overview over what workspaces hand up."""
