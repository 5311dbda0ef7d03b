"""Spelregels: the rules with every version, the proposals that change them, what partners say, and who signed what."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, MEMBERS, SHARED_OR_INSIDE, fence

revision = "0018"
down_revision = "0017"

_OF_A_PROPOSAL = (
    "EXISTS (SELECT FROM app.proposal p WHERE (p.workspace_id, p.id) = ({0}.workspace_id, {0}.proposal_id))"
)
# The partner that the member represents, and those of members without an account whom they help.
_OWN_VOICE = (
    "(partner_id = (SELECT wall.partner()) OR partner_id IN (SELECT m.partner_id FROM app.membership m"
    " WHERE m.helper_id = (SELECT wall.membership()) AND m.left_at IS NULL))"
)


def upgrade() -> None:
    _spelregel()
    _proposal()
    _wording()
    _amendment()
    _voice()
    _answer()
    _version()
    _signature()


def _spelregel() -> None:
    op.execute("""
        CREATE TABLE app.spelregel (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          number integer NOT NULL,
          theme text NOT NULL,
          suggestion text NOT NULL DEFAULT '',
          version integer NOT NULL DEFAULT 0,
          review_on date,
          adopted_at timestamptz,
          retired_at timestamptz,
          made_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          CONSTRAINT spelregel_number UNIQUE (workspace_id, number),
          CHECK ((version = 0) = (adopted_at IS NULL)),
          CHECK (retired_at IS NULL OR adopted_at IS NOT NULL))
    """)
    fence(
        "spelregel", read=f"{MEMBERS} AND (adopted_at IS NOT NULL OR {INSIDE})",
        update_columns="theme, version, review_on, adopted_at, retired_at",
    )  # fmt: skip


def _proposal() -> None:
    """What someone proposes to do with a rule: `new`, `change` or `retire` it. One at a time for each rule."""
    op.execute("""
        CREATE TABLE app.proposal (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          number integer NOT NULL,
          spelregel_id uuid NOT NULL,
          kind text NOT NULL CHECK (kind IN ('new', 'change', 'retire')),
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          proposer_id uuid NOT NULL,
          guide_id uuid,
          stage text NOT NULL CHECK (stage IN
            ('questions', 'reactions', 'adjusting', 'round', 'integrating', 'adopted', 'withdrawn')),
          wording integer NOT NULL DEFAULT 1,
          round smallint NOT NULL DEFAULT 0 CHECK (round BETWEEN 0 AND 3),
          closes_at timestamptz,
          opened_at timestamptz NOT NULL,
          stage_at timestamptz NOT NULL,
          outcome text NOT NULL DEFAULT '',
          minority text NOT NULL DEFAULT '',
          ended_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          CONSTRAINT proposal_number UNIQUE (workspace_id, number),
          FOREIGN KEY (workspace_id, spelregel_id) REFERENCES app.spelregel,
          FOREIGN KEY (workspace_id, proposer_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, guide_id) REFERENCES app.membership,
          CHECK ((stage IN ('adopted', 'withdrawn')) = (ended_at IS NOT NULL)),
          CHECK (stage NOT IN ('round', 'integrating') OR round > 0))
    """)
    op.execute(
        "CREATE UNIQUE INDEX proposal_open ON app.proposal (workspace_id, spelregel_id) WHERE ended_at IS NULL"
    )
    fence(
        "proposal", read=f"{MEMBERS} AND {SHARED_OR_INSIDE}",
        update_columns="guide_id, stage, wording, round, closes_at, stage_at, outcome, minority, ended_at",
    )  # fmt: skip


def _wording() -> None:
    """Each text that a proposal had: never rewritten, so that everyone can see what changed."""
    op.execute("""
        CREATE TABLE app.wording (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          proposal_id uuid NOT NULL,
          number integer NOT NULL,
          text text NOT NULL,
          example text NOT NULL DEFAULT '',
          why text NOT NULL DEFAULT '',
          review_on date NOT NULL,
          written_by_id uuid NOT NULL,
          written_by_name text NOT NULL,
          written_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, proposal_id, number),
          FOREIGN KEY (workspace_id, proposal_id) REFERENCES app.proposal,
          FOREIGN KEY (workspace_id, written_by_id) REFERENCES app.membership)
    """)
    fence("wording", read=_OF_A_PROPOSAL.format("wording"), update=None)


def _amendment() -> None:
    """Another text that someone offers, which the proposer takes over or not, with the reason."""
    op.execute("""
        CREATE TABLE app.amendment (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          proposal_id uuid NOT NULL,
          wording integer NOT NULL,
          text text NOT NULL,
          why text NOT NULL DEFAULT '',
          offered_by_id uuid NOT NULL,
          offered_by_name text NOT NULL,
          offered_at timestamptz NOT NULL,
          taken_over boolean,
          reply text NOT NULL DEFAULT '',
          answered_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, proposal_id, wording) REFERENCES app.wording,
          FOREIGN KEY (workspace_id, offered_by_id) REFERENCES app.membership,
          CHECK ((taken_over IS NULL) = (answered_at IS NULL)))
    """)
    op.execute("CREATE INDEX amendment_proposal ON app.amendment (workspace_id, proposal_id)")
    seen = _OF_A_PROPOSAL.format("amendment")
    fence(
        "amendment", read=seen, insert=f"{MEMBERS} AND {seen}",
        update_columns="taken_over, reply, answered_at",
    )  # fmt: skip


def _voice() -> None:
    """The partners that are asked in a round; decided when it opens (rule D-52)."""
    op.execute("""
        CREATE TABLE app.consent_voice (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          proposal_id uuid NOT NULL,
          partner_id uuid NOT NULL,
          PRIMARY KEY (workspace_id, proposal_id, partner_id),
          FOREIGN KEY (workspace_id, proposal_id) REFERENCES app.proposal,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner)
    """)
    fence("consent_voice", read=_OF_A_PROPOSAL.format("consent_voice"), insert=ARRANGING, update=None)


def _answer() -> None:
    """What a partner says in a round: seen by others once they spoke themselves, or once it closed (rule D-51)."""
    op.execute("""
        CREATE TABLE app.consent_answer (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          proposal_id uuid NOT NULL,
          round smallint NOT NULL,
          partner_id uuid NOT NULL,
          answer text NOT NULL CHECK (answer IN ('agree', 'worry', 'objection', 'leave')),
          remark text NOT NULL DEFAULT '',
          for_whom text NOT NULL DEFAULT '',
          would_solve text NOT NULL DEFAULT '',
          given_by_id uuid NOT NULL,
          given_by_name text NOT NULL,
          given_at timestamptz NOT NULL,
          closed text NOT NULL DEFAULT '' CHECK (closed IN ('', 'withdrawn', 'minority', 'set_aside')),
          closed_reason text NOT NULL DEFAULT '',
          PRIMARY KEY (workspace_id, proposal_id, round, partner_id),
          FOREIGN KEY (workspace_id, proposal_id, partner_id) REFERENCES app.consent_voice,
          FOREIGN KEY (workspace_id, given_by_id) REFERENCES app.membership,
          CHECK (answer IN ('agree', 'leave') OR remark <> ''),
          CHECK (closed = '' OR (answer = 'objection' AND closed_reason <> '')))
    """)


def _version() -> None:
    """A rule as it was adopted: never rewritten."""
    op.execute("""
        CREATE TABLE app.spelregel_version (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          spelregel_id uuid NOT NULL,
          version integer NOT NULL CHECK (version > 0),
          proposal_id uuid NOT NULL,
          text text NOT NULL,
          example text NOT NULL DEFAULT '',
          why text NOT NULL DEFAULT '',
          adopted_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, spelregel_id, version),
          FOREIGN KEY (workspace_id, spelregel_id) REFERENCES app.spelregel,
          FOREIGN KEY (workspace_id, proposal_id) REFERENCES app.proposal)
    """)
    fence("spelregel_version", insert=INSIDE, update=None)


def _signature() -> None:
    """Who signed exactly which version, for a partner. It never moves to another version."""
    op.execute("""
        CREATE TABLE app.signature (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          spelregel_id uuid NOT NULL,
          version integer NOT NULL,
          partner_id uuid NOT NULL,
          signed_by_id uuid NOT NULL,
          signed_by_name text NOT NULL,
          signed_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, spelregel_id, version, partner_id),
          FOREIGN KEY (workspace_id, spelregel_id, version) REFERENCES app.spelregel_version,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, signed_by_id) REFERENCES app.membership)
    """)
    fence(
        "signature", insert=f"{MEMBERS} AND {_OWN_VOICE} AND signed_by_id = (SELECT wall.membership())",
        update=None,
    )  # fmt: skip
