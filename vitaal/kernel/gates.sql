-- What must be true of every database that Vitaal runs on. Each row of each query is something wrong.

-- A table with a workspace that does not hide its rows, or proves nothing
SELECT format('%I.%I has a workspace but no wall around it.', n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p') AND n.nspname = 'app'
   AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity
        OR NOT EXISTS (
          SELECT FROM pg_policy p,
                 LATERAL (SELECT pg_get_expr(p.polqual, p.polrelid), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')) proof (seen, written)
           WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
             AND proof.seen LIKE '%workspace_id = %wall.workspace()%wall.standing()%'
             AND (p.polwithcheck IS NULL OR proof.written LIKE '%workspace_id = %wall.workspace()%wall.standing()%')));

-- A reference between two such tables that leaves the workspace out, so that it could point across the wall
SELECT format('%s on %s points across the wall.', con.conname, con.conrelid::regclass)
  FROM pg_constraint con
  JOIN pg_attribute here ON here.attrelid = con.conrelid AND here.attname = 'workspace_id' AND NOT here.attisdropped
  JOIN pg_attribute there ON there.attrelid = con.confrelid AND there.attname = 'workspace_id' AND NOT there.attisdropped
 WHERE con.contype = 'f' AND NOT here.attnum = ANY (con.conkey);

-- A unique index that leaves the workspace out: its error would tell that something exists behind the wall
SELECT format('%s is unique across workspaces.', i.indexrelid::regclass)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
 WHERE n.nspname = 'app' AND i.indisunique AND NOT a.attnum = ANY (i.indkey::int2[]);

-- A view that reads with its owner's eyes, or keeps a copy
SELECT format('The view %I.%I looks over the wall.', n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('app', 'ops', 'oversight', 'wall')
   AND (c.relkind = 'm' OR (c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}') @> '{security_invoker=true}'));

-- A function that acts as its owner, outside the wall's own, or without a pinned search path
SELECT format('The function %I.%I acts as its owner and should not.', n.nspname, p.proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname IN ('app', 'ops', 'oversight', 'wall') AND p.prosecdef
   AND (n.nspname <> 'wall' OR NOT EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search_path=%'));

-- A function that acts as its owner and that anyone may call
SELECT format('The function %I.%I may be called by anyone.', n.nspname, p.proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname = 'wall' AND p.prosecdef AND has_function_privilege('public', p.oid, 'EXECUTE');

-- A role that pages or jobs use, and that may more than its work needs
SELECT format('The role %s is too powerful.', r.rolname)
  FROM pg_roles r
 WHERE r.rolname IN ('vitaal_app', 'vitaal_worker', 'vitaal_programme')
   AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolinherit
        OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
        OR EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid));

-- A role that is missing
SELECT format('The role %s is missing: run `vitaal migrate`.', wanted)
  FROM unnest(ARRAY['vitaal_owner', 'vitaal_ctx', 'vitaal_migrator', 'vitaal_app', 'vitaal_worker', 'vitaal_programme',
                    'vitaal_backup']) wanted
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted);

-- A right that empties a table or attaches something to it, or that everyone has
SELECT format('%s may %s %s.', coalesce(r.rolname, 'PUBLIC'), acl.privilege_type, c.oid::regclass)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
       LATERAL aclexplode(c.relacl) acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
 WHERE n.nspname IN ('app', 'ops', 'oversight')
   AND (acl.grantee = 0
        OR r.rolname IN ('vitaal_app', 'vitaal_worker', 'vitaal_programme')
           AND acl.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'));

-- The role that reads what was handed up, with a way to what was not
SELECT format('The role %s may look inside workspaces.', r.rolname)
  FROM pg_roles r
 WHERE r.rolname = 'vitaal_programme' AND has_schema_privilege(r.oid, 'app', 'USAGE');

-- A policy that asks the wall once per row instead of once per statement
SELECT format('The policy %s on %s asks the wall once per row.', p.polname, p.polrelid::regclass)
  FROM pg_policy p,
       LATERAL (SELECT coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')) rule (text)
 WHERE regexp_count(rule.text, 'wall\.[a-z_]+\(') <> regexp_count(rule.text, 'SELECT wall\.[a-z_]+\(');
