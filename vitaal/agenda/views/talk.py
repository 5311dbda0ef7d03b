"""Talking about an action: what people say, the files they add, and following it."""

from vitaal.activity.talk_doors import TalkedAbout, open_doors
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.action_queries import action_in_full
from vitaal.agenda.talking import door_of, topic_of
from vitaal.agenda.views.action import action_page
from vitaal.agenda.views.blueprint import blueprint

actions = TalkedAbout(action_in_full, topic_of, door_of, action_page, AgendaPermission.TALK)
open_doors(blueprint, "/w/<slug>/agenda/<int:number>", to=actions)
