"""Spelregels: proposals with every text they had, what partners say in a round, the rules, and who signed what."""

from alembic import op

from vitaal.kernel.fences import INSIDE, MEMBERS, SHARED_OR_INSIDE, define, fence, refer

revision = "0019"
down_revision = "0018"

_ME = "(SELECT wall.membership())"
# A proposal for the inner circle only is hidden from the outer circle, with all that belongs to it.
_OF_A_PROPOSAL = (
    "EXISTS (SELECT FROM app.proposal p WHERE (p.workspace_id, p.id) = ({0}.workspace_id, {0}.proposal_id))"
)
# The partner that the member represents, and those of members without an account whom they help.
_OWN_VOICE = (
    "(partner_id = (SELECT wall.partner()) OR partner_id IN (SELECT m.partner_id FROM app.membership m"
    f" WHERE m.helper_id = {_ME} AND m.left_at IS NULL))"
)
# In a function that sees past the wall: whether the asker may see the proposal `p` at all.
_MAY_SEE = "(p.circle = 'outer' OR wall.standing() IN ('arranging', 'inner', 'founding'))"


def upgrade() -> None:
    _how_a_workspace_decides()
    _spelregel()
    _proposal()
    _wording()
    _amendment()
    _voice()
    _answer()
    _closing()
    _version()
    _signature()
    _review()
    _what_came_of_it()
    _known_by()


def _how_a_workspace_decides() -> None:
    op.execute("""
        ALTER TABLE app.workspace
          ADD deciders text NOT NULL DEFAULT 'inner' CHECK (deciders IN ('inner', 'all')),
          ADD quorum text NOT NULL DEFAULT 'two-thirds' CHECK (quorum IN ('half', 'two-thirds', 'all')),
          ADD outer_talks boolean NOT NULL DEFAULT false
    """)
    op.execute("GRANT UPDATE (deciders, quorum, outer_talks) ON app.workspace TO vitaal_app, vitaal_worker")


def _spelregel() -> None:
    """A rule that was adopted, with the version that holds; it keeps its number when it is retired."""
    op.execute("""
        CREATE TABLE app.spelregel (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          number integer NOT NULL,
          theme text NOT NULL,
          version integer NOT NULL CHECK (version > 0),
          review_on date NOT NULL,
          adopted_at timestamptz NOT NULL,
          retired_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          CONSTRAINT spelregel_number UNIQUE (workspace_id, number))
    """)
    fence("spelregel", update_columns="version, review_on, adopted_at, retired_at")


def _proposal() -> None:
    """What someone proposes to do with a rule: a `new` one, `change` it or `retire` it. One at a time for each rule."""
    op.execute("""
        CREATE TABLE app.proposal (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          number integer NOT NULL,
          kind text NOT NULL CHECK (kind IN ('new', 'change', 'retire')),
          spelregel_id uuid,
          theme text NOT NULL,
          origin text NOT NULL DEFAULT '',
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          proposer_id uuid NOT NULL,
          proposer_name text NOT NULL,
          guide_id uuid,
          stage text NOT NULL CHECK (stage IN
            ('questions', 'reactions', 'adjusting', 'round', 'integrating', 'adopted', 'withdrawn')),
          wording integer NOT NULL DEFAULT 1,
          asked integer NOT NULL DEFAULT 0,
          round smallint NOT NULL DEFAULT 0,
          is_live boolean NOT NULL DEFAULT false,
          is_extended boolean NOT NULL DEFAULT false,
          opened_at timestamptz NOT NULL,
          stage_at timestamptz NOT NULL,
          closes_at timestamptz,
          outcome text NOT NULL DEFAULT '',
          ended_at timestamptz,
          ended_by_name text NOT NULL DEFAULT '',
          PRIMARY KEY (workspace_id, id),
          CONSTRAINT proposal_number UNIQUE (workspace_id, number),
          FOREIGN KEY (workspace_id, spelregel_id) REFERENCES app.spelregel,
          FOREIGN KEY (workspace_id, proposer_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, guide_id) REFERENCES app.membership,
          CHECK (kind = 'new' OR spelregel_id IS NOT NULL),
          CHECK (proposer_id IS DISTINCT FROM guide_id),
          CHECK ((stage IN ('adopted', 'withdrawn')) = (ended_at IS NOT NULL)),
          CHECK (stage NOT IN ('round', 'integrating') OR round > 0))
    """)
    op.execute(
        "CREATE UNIQUE INDEX proposal_open ON app.proposal (workspace_id, spelregel_id) WHERE ended_at IS NULL"
    )
    fence(
        "proposal",
        read=f"{MEMBERS} AND {SHARED_OR_INSIDE}",
        insert=f"{INSIDE} AND proposer_id = {_ME}",
        update_columns="spelregel_id, guide_id, stage, wording, asked, round, is_live, is_extended, stage_at, closes_at,"
        " outcome, ended_at, ended_by_name",
    )


def _wording() -> None:
    """Each text that a proposal had: never rewritten, so that everyone can see what changed."""
    op.execute("""
        CREATE TABLE app.wording (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          proposal_id uuid NOT NULL,
          number integer NOT NULL,
          title text NOT NULL CHECK (title <> ''),
          example text NOT NULL DEFAULT '',
          why text NOT NULL DEFAULT '',
          review_on date NOT NULL,
          silence_leaves boolean NOT NULL DEFAULT false,
          written_by_id uuid NOT NULL,
          written_by_name text NOT NULL,
          written_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, proposal_id, number),
          FOREIGN KEY (workspace_id, proposal_id) REFERENCES app.proposal,
          FOREIGN KEY (workspace_id, written_by_id) REFERENCES app.membership)
    """)
    fence(
        "wording", read=_OF_A_PROPOSAL.format("wording"), insert=f"{INSIDE} AND written_by_id = {_ME}",
        update=None,
    )  # fmt: skip


def _amendment() -> None:
    """Another text that someone offers, which the proposer takes over or not, with the reason."""
    op.execute("""
        CREATE TABLE app.amendment (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          proposal_id uuid NOT NULL,
          wording integer NOT NULL,
          title text NOT NULL CHECK (title <> ''),
          example text NOT NULL DEFAULT '',
          why text NOT NULL DEFAULT '',
          offered_by_id uuid NOT NULL,
          offered_by_name text NOT NULL,
          partner_id uuid NOT NULL,
          offered_at timestamptz NOT NULL,
          taken_over boolean,
          reply text NOT NULL DEFAULT '',
          answered_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, proposal_id, wording) REFERENCES app.wording,
          FOREIGN KEY (workspace_id, offered_by_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          CHECK ((taken_over IS NULL) = (answered_at IS NULL)),
          CHECK (taken_over IS DISTINCT FROM false OR reply <> ''))
    """)
    op.execute("CREATE INDEX amendment_proposal ON app.amendment (workspace_id, proposal_id)")
    seen = _OF_A_PROPOSAL.format("amendment")
    fence(
        "amendment", read=seen, insert=f"{MEMBERS} AND offered_by_id = {_ME} AND {seen}",
        update_columns="taken_over, reply, answered_at",
    )  # fmt: skip


def _voice() -> None:
    """The partners that are asked: decided when the first round opens, and the same until the end (rule D-52)."""
    op.execute("""
        CREATE TABLE app.consent_voice (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          proposal_id uuid NOT NULL,
          partner_id uuid NOT NULL,
          PRIMARY KEY (workspace_id, proposal_id, partner_id),
          FOREIGN KEY (workspace_id, proposal_id) REFERENCES app.proposal,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner)
    """)
    fence("consent_voice", read=_OF_A_PROPOSAL.format("consent_voice"), update=None, delete=INSIDE)


def _answer() -> None:
    """What a partner says in a round: others see it once they spoke themselves, or once the round closed (D-51)."""
    op.execute("""
        CREATE TABLE app.consent_answer (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          proposal_id uuid NOT NULL,
          round smallint NOT NULL,
          partner_id uuid NOT NULL,
          wording integer NOT NULL,
          answer text NOT NULL CHECK (answer IN ('agree', 'worry', 'objection', 'leave')),
          remark text NOT NULL DEFAULT '',
          for_whom text NOT NULL DEFAULT '',
          seen_where text NOT NULL DEFAULT '',
          would_help text NOT NULL DEFAULT '',
          given_by_id uuid NOT NULL,
          given_by_name text NOT NULL,
          given_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, proposal_id, round, partner_id),
          FOREIGN KEY (workspace_id, proposal_id, wording) REFERENCES app.wording,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, given_by_id) REFERENCES app.membership,
          CHECK (answer IN ('agree', 'leave') OR remark <> ''))
    """)
    _hold_round()
    _hears()
    seen = _OF_A_PROPOSAL.format("consent_answer")
    asked = (
        "EXISTS (SELECT FROM app.consent_voice v WHERE (v.workspace_id, v.proposal_id, v.partner_id)"
        " = (consent_answer.workspace_id, consent_answer.proposal_id, consent_answer.partner_id))"
    )
    entered = (
        f"{_OWN_VOICE} AND {seen} AND {asked} AND given_by_id = {_ME}"
        " AND (SELECT wall.holds_round(proposal_id, round))"
    )
    heard = f"{seen} AND ({_OWN_VOICE} OR (SELECT wall.hears(proposal_id, round)))"
    fence("consent_answer", read=heard, insert=entered, update=None)
    op.execute(
        f"CREATE POLICY may_update ON app.consent_answer FOR UPDATE USING ({_OWN_VOICE}) WITH CHECK ({entered})"
    )
    op.execute(
        "GRANT UPDATE (wording, answer, remark, for_whom, seen_where, would_help, given_by_id, given_by_name, given_at)"
        " ON app.consent_answer TO vitaal_app, vitaal_worker"
    )


def _hold_round() -> None:
    """Keeping a proposal as it is until this transaction ends: alone, for who takes a step with it; and shared, for who
    speaks in this round, when it is open.

    Who closes it waits for who is speaking, and who speaks while it closes waits and is then told that it closed.
    """
    op.execute("GRANT SELECT, UPDATE (stage) ON app.proposal TO vitaal_ctx")
    op.execute("GRANT SELECT ON app.consent_answer TO vitaal_ctx")
    define(
        "hold_proposal(which uuid) RETURNS void",
        f"""
          PERFORM FROM app.proposal p WHERE wall.standing() IS NOT NULL AND p.workspace_id = wall.workspace()
              AND p.id = which AND {_MAY_SEE} FOR UPDATE;
        """,
        kind="VOLATILE",
    )
    define(
        "holds_round(which uuid, of_round smallint) RETURNS boolean",
        """
          IF wall.standing() IS NULL THEN RETURN false; END IF;
          PERFORM FROM app.proposal p WHERE p.workspace_id = wall.workspace() AND p.id = which
              AND p.stage = 'round' AND p.round = of_round FOR SHARE;
          RETURN FOUND;
        """,
        kind="VOLATILE",
    )


def _hears() -> None:
    """Whether the asker may know what others said in a round; and who spoke in it, which everyone may know."""
    define(
        "hears(which uuid, in_round smallint) RETURNS boolean",
        """
          RETURN wall.standing() IS NOT NULL AND (
            EXISTS (SELECT FROM app.proposal p WHERE p.workspace_id = wall.workspace() AND p.id = which
                       AND (p.stage <> 'round' OR p.round > in_round))
            OR EXISTS (SELECT FROM app.consent_answer a WHERE a.workspace_id = wall.workspace()
                          AND a.proposal_id = which AND a.round = in_round AND a.partner_id = wall.partner()));
        """,
    )
    define(
        "spoken(which uuid) RETURNS TABLE (partner_id uuid)",
        f"""
          RETURN QUERY SELECT a.partner_id FROM app.consent_answer a JOIN app.proposal p
              ON (p.workspace_id, p.id, p.round) = (a.workspace_id, a.proposal_id, a.round)
            WHERE wall.standing() IS NOT NULL AND p.workspace_id = wall.workspace() AND p.id = which AND {_MAY_SEE};
        """,
    )


def _closing() -> None:
    """Why an objection stops nothing any more: it was taken back, or the group goes on with it on record."""
    op.execute("""
        CREATE TABLE app.objection_closing (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          proposal_id uuid NOT NULL,
          round smallint NOT NULL,
          partner_id uuid NOT NULL,
          why text NOT NULL CHECK (why IN ('withdrawn', 'minority', 'set_aside')),
          reason text NOT NULL CHECK (reason <> ''),
          closed_by_id uuid NOT NULL,
          closed_by_name text NOT NULL,
          closed_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, proposal_id, round, partner_id) REFERENCES app.consent_answer,
          FOREIGN KEY (workspace_id, closed_by_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX objection_closing_of ON app.objection_closing (workspace_id, proposal_id)")
    heard = (
        "EXISTS (SELECT FROM app.consent_answer a WHERE (a.workspace_id, a.proposal_id, a.round, a.partner_id)"
        " = (objection_closing.workspace_id, objection_closing.proposal_id, objection_closing.round,"
        " objection_closing.partner_id))"
    )
    own = f"(why = 'withdrawn' AND {_OWN_VOICE})"
    fence(
        "objection_closing", read=heard,
        insert=f"closed_by_id = {_ME} AND {heard} AND ({own} OR (why <> 'withdrawn' AND {INSIDE}))", update=None,
    )  # fmt: skip


def _version() -> None:
    """A rule as it was adopted: never rewritten."""
    op.execute("""
        CREATE TABLE app.spelregel_version (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          spelregel_id uuid NOT NULL,
          version integer NOT NULL CHECK (version > 0),
          proposal_id uuid NOT NULL,
          title text NOT NULL,
          example text NOT NULL,
          why text NOT NULL,
          silence_leaves boolean NOT NULL,
          adopted_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, spelregel_id, version),
          FOREIGN KEY (workspace_id, spelregel_id) REFERENCES app.spelregel,
          FOREIGN KEY (workspace_id, proposal_id) REFERENCES app.proposal)
    """)
    op.execute(
        "CREATE UNIQUE INDEX spelregel_version_from ON app.spelregel_version (workspace_id, proposal_id)"
    )
    fence("spelregel_version", update=None)


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
    op.execute("CREATE INDEX signature_partner ON app.signature (workspace_id, partner_id)")
    _hold_version()
    fence(
        "signature",
        insert=f"{MEMBERS} AND {_OWN_VOICE} AND signed_by_id = {_ME}"
        " AND (SELECT wall.holds_version(spelregel_id, version))",
        update=None,
    )


def _hold_version() -> None:
    """Whether this version of a rule holds; it stays so until this transaction ends.

    Who adopts the next version waits for who is signing, and who signs meanwhile waits and is then told that it changed.
    """
    op.execute("GRANT SELECT, UPDATE (version) ON app.spelregel TO vitaal_ctx")
    define(
        "holds_version(which uuid, of_version integer) RETURNS boolean",
        """
          IF wall.standing() IS NULL THEN RETURN false; END IF;
          PERFORM FROM app.spelregel r WHERE r.workspace_id = wall.workspace() AND r.id = which
              AND r.version = of_version AND r.retired_at IS NULL FOR SHARE;
          RETURN FOUND;
        """,
        kind="VOLATILE",
    )


def _review() -> None:
    """What came of looking at a rule again: keep it, change it or stop with it; never rewritten."""
    op.execute("""
        CREATE TABLE app.spelregel_review (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          spelregel_id uuid NOT NULL,
          version integer NOT NULL,
          outcome text NOT NULL CHECK (outcome IN ('keep', 'change', 'retire')),
          note text NOT NULL DEFAULT '',
          next_on date,
          reviewed_by_id uuid NOT NULL,
          reviewed_by_name text NOT NULL,
          reviewed_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, spelregel_id, version) REFERENCES app.spelregel_version,
          FOREIGN KEY (workspace_id, reviewed_by_id) REFERENCES app.membership,
          CHECK ((outcome = 'keep') = (next_on IS NOT NULL)))
    """)
    op.execute("CREATE INDEX spelregel_review_of ON app.spelregel_review (workspace_id, spelregel_id)")
    fence("spelregel_review", insert=f"{INSIDE} AND reviewed_by_id = {_ME}", update=None)


def _what_came_of_it() -> None:
    """A decision and an agreement may come of a proposal: who may see that sees them."""
    for table in ("decision", "agreement"):
        op.execute(f"ALTER TABLE app.{table} ADD proposal_id uuid")
        op.execute(
            f"ALTER TABLE app.{table} ADD CHECK (num_nonnulls(meeting_id, action_id, group_id, proposal_id) <= 1)"
        )
        refer(table, "workspace_id, proposal_id", "proposal")
        op.execute(f"CREATE INDEX {table}_proposal ON app.{table} (workspace_id, proposal_id)")
        seen = f"proposal_id IS NULL OR {_OF_A_PROPOSAL.format(table)}"
        op.execute(f"CREATE POLICY of_proposal ON app.{table} AS RESTRICTIVE FOR SELECT USING ({seen})")


def _known_by() -> None:
    """The history follows who may see a proposal, a decision and an agreement."""
    sees = (
        "EXISTS (SELECT FROM app.{0} t WHERE (t.workspace_id, t.id) = (event.workspace_id, event.object_id))"
    )
    tables = {kind: (kind,) for kind in ("action", "meeting", "decision", "agreement", "proposal")}
    tables["attachment"] = ("action", "proposal")  # its event is about what it was added to
    cases = "".join(
        f" WHEN '{kind}' THEN ({' OR '.join(sees.format(table) for table in of)})"
        for kind, of in tables.items()
    )
    op.execute("DROP POLICY may_read ON app.event")
    op.execute(
        f"CREATE POLICY may_read ON app.event FOR SELECT USING ({SHARED_OR_INSIDE} AND {MEMBERS}"
        f" AND ({INSIDE} OR object_id IS NULL OR CASE object_kind{cases} ELSE true END))"
    )
