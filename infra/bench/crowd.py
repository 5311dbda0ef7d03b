"""Many people with something to read: coalitions of a hundred, in which things happened and were asked."""

import psycopg

PER_PLACE = 100
_PLACES = """
INSERT INTO app.person (id, name, email, created_at, digest_is_unplanned)
  VALUES ('00000000-0000-0000-0000-000000000001', 'Ria Roem', 'ria@bench.example', now() - interval '30 days', false);
INSERT INTO app.workspace (id, kind, slug, name, route, form, founder_id, created_at, founded_at)
  SELECT gen_random_uuid(), 'coalition', 'bench-' || n, 'Coalitie ' || n, 'start', 'coalition',
         '00000000-0000-0000-0000-000000000001', now() - interval '30 days', now() - interval '30 days'
    FROM generate_series(1, %(places)s) n;
INSERT INTO app.partner (workspace_id, id, name, kind, is_formal, circle, created_at)
  SELECT id, gen_random_uuid(), 'Buurthuis', 'organisation', true, 'inner', created_at FROM app.workspace;
"""
_PEOPLE = """
INSERT INTO app.person (id, name, email, created_at, next_digest_on, digest_is_unplanned, digest_place)
  SELECT gen_random_uuid(), 'Buur ' || n, 'buur' || n || '@bench.example', now() - interval '20 days',
         current_date - 1, false, w.id
    FROM generate_series(1, %(people)s) n
    JOIN (SELECT id, row_number() OVER () - 1 AS place FROM app.workspace WHERE slug LIKE 'bench-%%') w
      ON w.place = n / %(per_place)s %% %(places)s;
INSERT INTO app.membership (workspace_id, id, person_id, partner_id, name, circle, joined_at)
  SELECT p.digest_place, gen_random_uuid(), p.id, a.id, p.name, 'inner', p.created_at
    FROM app.person p JOIN app.partner a ON a.workspace_id = p.digest_place;
INSERT INTO app.membership (workspace_id, id, person_id, partner_id, name, circle, roles, joined_at)
  SELECT w.id, gen_random_uuid(), w.founder_id, a.id, 'Ria Roem', 'inner', '{lead}', w.created_at
    FROM app.workspace w JOIN app.partner a ON a.workspace_id = w.id WHERE w.slug LIKE 'bench-%%';
"""
_HAPPENED = """
INSERT INTO app.event (workspace_id, id, happened_at, actor_id, actor_name, verb, object_kind, object_id, object_name, circle)
  SELECT w.id, gen_random_uuid(), now() - make_interval(hours => n), m.id, 'Ria Roem', v.verb, v.kind, gen_random_uuid(),
         v.name || n, 'outer'
    FROM app.workspace w JOIN app.membership m ON m.workspace_id = w.id AND m.roles <> '{}', generate_series(1, 5) n,
         (VALUES ('added', 'action', 'Samen koken op straat '), ('decided', 'decision', 'We eten op donderdag, week ')) v (verb, kind, name)
   WHERE w.slug LIKE 'bench-%%';
INSERT INTO app.action (workspace_id, id, number, title, owner_id, due_on, status, circle, position, created_at, status_at, changed_at)
  SELECT m.workspace_id, gen_random_uuid(), row_number() OVER (PARTITION BY m.workspace_id), 'Bellen met de buren ' || n, m.id,
         current_date + n, 'to_do', 'outer', row_number() OVER (PARTITION BY m.workspace_id), now() - interval '10 days', now(), now()
    FROM app.membership m, generate_series(1, 5) n WHERE m.roles = '{}' AND m.person_id IS NOT NULL
     AND m.workspace_id IN (SELECT id FROM app.workspace WHERE slug LIKE 'bench-%%');
ANALYZE;
"""


def gather(superuser_url: str, people: int) -> None:
    """Let so many people take part, each with a digest that is due and fifteen things to read.

    Five due actions of their own, five decisions and five pieces of news.
    """
    places = max(1, people // PER_PLACE)
    sizes = {"people": people, "places": places, "per_place": PER_PLACE}
    with psycopg.connect(superuser_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        for script in (_PLACES, _PEOPLE, _HAPPENED):
            for statement in filter(str.strip, script.split(";\n")):
                connection.execute(statement, sizes)
