"""Who may do what with reports: everyone reads what is published for them, who arranges makes them."""

from vitaal.kernel.access import Permission, grant
from vitaal.workspaces.access import facilitator, lead, member


class ReportPermission(Permission):
    """What can be done with reports. The wall hides those that someone may not read."""

    READ = "report.read"
    MAKE = "report.make"


grant({ReportPermission.READ: ((member,),), ReportPermission.MAKE: ((lead,), (facilitator,))})
