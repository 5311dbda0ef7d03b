"""What a feature has to say in a report of a workspace (see `vitaal.workspaces.reporting`)."""

from vitaal.workspaces.reporting import REPORTS, Contribute, Contribution, Part, Period, open_name

__all__ = ["REPORTS", "Contribute", "Contribution", "Part", "Period", "open_name"]
