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


def came_by_itself(report: Report, reader: Person, workspace: Workspace) -> Letter:
    """To who arranges: the period is over, and its draft is there."""
    with force_locale(reader.language):
        lines = (
            _("%(workspace)s: ‘%(title)s’ staat klaar", workspace=workspace.name, title=report.title) + ".",
            _("Lees het na, schrijf erbij wat het verhaal erachter is, en publiceer het."),
        )
        subject = {
            1: _("Je maandrapport staat klaar om na te lezen"),
            3: _("Je kwartaalrapport staat klaar om na te lezen"),
            12: _("Je jaarrapport staat klaar om na te lezen"),
        }[_months(report)]
        return _letter(
            report, reader, workspace, lines, _("Lees het na"), kind="report.ready", subject=subject,
            why=_("Je krijgt deze mail omdat je hier trekt of begeleidt, en hier vanzelf een rapport komt."),
        )  # fmt: skip


def files_are_ready(report: Report, reader: Person, workspace: Workspace) -> Letter:
    """The files were made."""
    with force_locale(reader.language):
        lines = (_("Je kunt het nu opslaan als pdf, als tekst om te bewerken en als tabellen."),)
        return _letter(report, reader, workspace, lines, _("Bekijk het"), kind="report.files")


def _letter(
    report: Report, reader: Person, workspace: Workspace, lines: tuple[str, ...], verb: str, *, kind: str,
    subject: str = "", why: str = "",
) -> Letter:  # fmt: skip
    return compose(
        kind,
        reader.email,
        subject=subject
        or _("%(workspace)s: ‘%(title)s’ staat klaar", workspace=workspace.name, title=report.title),
        template="reports/mail/ready",
        language=reader.language,
        assurance=Assurance.AT_MOST_ONCE,
        sender_name=workspace.name,
        preheader=lines[0],
        title=_("‘%(title)s’ staat klaar", title=report.title),
        lines=lines,
        verb=verb,
        why=why or _("Je krijgt deze mail omdat je om dit rapport vroeg."),
        href=address_of("reports.show", slug=workspace.slug, number=report.number),
    )


def _months(report: Report) -> int:
    """How many months a report that came by itself is about."""
    assert report.first_on
    assert report.last_on
    return (
        (report.last_on.year - report.first_on.year) * 12 + report.last_on.month - report.first_on.month + 1
    )
