"""The pages of a workspace, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.workspaces.views.blueprint import blueprint

__all__ = ["blueprint"]
