"""The letters about a report: it can be read, and its files can be taken along."""

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.reports.models import Report
from vitaal.workspaces.models import Workspace


def ready_to_read(report: Report, reader: Person, workspace: Workspace) -> Letter:
    """The draft is there: read it, add your own words and publish it."""
    with force_locale(reader.language):
        lines = (
            _("Alles wat we weten staat erin. Lees het na, en schrijf erbij wat het verhaal erachter is."),
            _("Niemand anders leest het, tot je het publiceert."),
        )
        return _letter(report, reader, workspace, lines, _("Lees het na"), kind="report.ready")


def files_are_ready(report: Report, reader: Person, workspace: Workspace) -> Letter:
    """The files were made."""
    with force_locale(reader.language):
        lines = (_("Je kunt het nu opslaan als pdf, als tekst om te bewerken en als tabellen."),)
        return _letter(report, reader, workspace, lines, _("Bekijk het"), kind="report.files")


def _letter(
    report: Report, reader: Person, workspace: Workspace, lines: tuple[str, ...], verb: str, *, kind: str
) -> Letter:
    return compose(
        kind,
        reader.email,
        subject=_("%(workspace)s: ‘%(title)s’ staat klaar", workspace=workspace.name, title=report.title),
        template="reports/mail/ready",
        language=reader.language,
        assurance=Assurance.AT_MOST_ONCE,
        sender_name=workspace.name,
        preheader=lines[0],
        title=_("‘%(title)s’ staat klaar", title=report.title),
        lines=lines,
        verb=verb,
        href=address_of("reports.show", slug=workspace.slug, number=report.number),
    )
