-- Three years of cases. Most are closed; of the latest some 30,000 are open, a few snoozed or merged.

CREATE TABLE bench.tag AS
SELECT n, name FROM unnest('{pedido,envío,factura,cobro,devolución,avería,urgente,vip,prensa,legal,app,web,
  tienda,felicitación,sugerencia,baja,alta,fraude,accesibilidad,datos,duplicado,seguimiento,hotel,equipaje}'::text[])
  WITH ORDINALITY AS known(name, n);

-- From so many cases back on, cases may be open.
CREATE FUNCTION bench.state_of(i bigint, cases int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN bench.r(i, 30) < 0.01 THEN 'merged'
            WHEN i > cases - cases / 20 AND bench.r(i, 31) < 0.56 THEN 'open'
            WHEN i > cases - cases / 20 AND bench.r(i, 31) < 0.60 THEN 'snoozed'
            WHEN bench.r(i, 31) < 0.004 THEN 'open' ELSE 'closed' END;

CREATE FUNCTION bench.opened_at(i bigint, cases int, ends timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ends - (1 - i::double precision / cases) * interval '1095 days';

-- Minutes between one message of a case and the next.
CREATE FUNCTION bench.pace(i bigint) RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN make_interval(secs => 20 * power(200, bench.r(i, 32)));

CREATE TABLE bench.fact AS  -- what the cases' rows and all that hangs on them are made of
SELECT i AS id, b.id AS brand_id, b.n AS brand, p AS person_id,
       b.accounts[1 + (p % 4)] AS account_id, ('{mastodon,bluesky,mail,webhook}'::text[])[1 + p % 4] AS network,
       bench.state_of(i, cases) AS state, bench.messages_of(i) AS messages, bench.pace(i) AS pace,
       bench.opened_at(i, cases, ends) AS opened_at,
       least(ends, bench.opened_at(i, cases, ends) + (bench.messages_of(i) - 1) * bench.pace(i)) AS last_at,
       (p % 4) <> 2 AND bench.r(i, 33) < 0.8 AS public,
       CASE WHEN bench.r(i, 34) < 0.7 OR i <= cases - cases / 20
            THEN b.agents[1 + floor(power(bench.r(i, 35), 1.5) * cardinality(b.agents))::int] END AS agent_id,
       CASE WHEN bench.r(i, 36) < 0.4
            THEN b.teams[1 + floor(bench.r(i, 37) * cardinality(b.teams))::int] END AS team_id,
       CASE WHEN bench.r(i, 38) < 0.92 THEN 'es' WHEN bench.r(i, 38) < 0.97 THEN 'en' ELSE 'pt' END AS language
  FROM (SELECT i::bigint, current_setting('bench.cases')::int AS cases,
               current_setting('bench.ends')::timestamptz AS ends,
               bench.person_of(i, current_setting('bench.persons')::int) AS p
          FROM generate_series(1, current_setting('bench.cases')::int) i) one
  JOIN bench.brand b ON b.n = bench.brand_of(p);
ALTER TABLE bench.fact ADD PRIMARY KEY (id);
ANALYZE bench.fact;

INSERT INTO cortafuegos_conversation (id, brand_id, account_id, network, key, public, last_at)
SELECT id, brand_id, account_id, network, 'thread:' || id, public, last_at FROM bench.fact ORDER BY id;

INSERT INTO cortafuegos_case (id, brand_id, number, subject, state, person_id, identity_id, account_id, network,
       public, assignee_id, team_id, tags, language, snippet, awaits_us, proposed, failed, opened_at,
       last_message_at, first_answered_at, due_at, snoozed_until, closed_at, merged_into_id, version)
SELECT f.id, brand_id, row_number() OVER (PARTITION BY brand_id ORDER BY f.id), left(a.text, 80), state,
       person_id, person_id, account_id, network, public, agent_id, team_id,
       CASE WHEN bench.r(f.id, 40) < 0.55 THEN '{}' ELSE (
         SELECT array_agg(DISTINCT name) FROM bench.tag JOIN generate_series(1, 1 + (bench.r(f.id, 41) * 2)::int) k
             ON n = floor(power(24, bench.r(f.id * 10 + k, 42)))::int) END,
       language, left(b.text, 200), messages % 2 = 1, state = 'open' AND bench.r(f.id, 43) < 0.004,
       state = 'open' AND bench.r(f.id, 44) < 0.002, opened_at, last_at,
       CASE WHEN messages > 1 THEN least(last_at, opened_at + pace) END,
       CASE WHEN state = 'open' AND messages % 2 = 1
            THEN current_setting('bench.ends')::timestamptz + (bench.r(f.id, 45) * 30 - 6) * interval '1 hour' END,
       CASE WHEN state = 'snoozed'
            THEN current_setting('bench.ends')::timestamptz + bench.r(f.id, 46) * interval '9 days' END,
       CASE WHEN state = 'closed' THEN least(current_setting('bench.ends')::timestamptz, last_at + pace) END,
       NULL, messages
  FROM bench.fact f
  JOIN bench.piece a ON a.n = bench.piece_of(f.id, 50)
  JOIN bench.piece b ON b.n = bench.piece_of(f.id, 51)
 ORDER BY f.id;

-- A merged case leads on to the one before it.
UPDATE cortafuegos_case c SET merged_into_id = (
         SELECT o.id FROM cortafuegos_case o
          WHERE o.brand_id = c.brand_id AND o.id < c.id AND o.state <> 'merged' ORDER BY o.id DESC LIMIT 1)
 WHERE state = 'merged';
UPDATE cortafuegos_case SET state = 'closed', closed_at = last_message_at
 WHERE state = 'merged' AND merged_into_id IS NULL;

UPDATE cortafuegos_brand b SET next_case_number = 1 +
       (SELECT count(*) FROM cortafuegos_case c WHERE c.brand_id = b.id);
