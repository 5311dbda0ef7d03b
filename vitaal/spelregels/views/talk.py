"""Talking about a proposal: what people say, the files they add, and following it."""

from vitaal.activity.talk_doors import TalkedAbout, open_doors
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.proposal_queries import proposal_numbered
from vitaal.spelregels.talking import door_of, topic_of
from vitaal.spelregels.views.blueprint import blueprint
from vitaal.spelregels.views.proposals import proposal_page

proposals = TalkedAbout(proposal_numbered, topic_of, door_of, proposal_page, SpelregelPermission.TALK)
open_doors(blueprint, "/w/<slug>/spelregels/voorstellen/<int:number>", to=proposals)
