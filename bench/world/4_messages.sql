-- The messages of the cases from `bench.from` to `bench.to`: several sessions share the work.

INSERT INTO cortafuegos_message (id, brand_id, case_id, conversation_id, account_id, identity_id, agent_id,
       network, network_id, direction, public, subject, text, posted_at, received_at, in_reply_to, url,
       language, attachments, labels, ref, receipt_id, versions)
SELECT id * 1000 + j, brand_id, CASE WHEN state <> 'merged' THEN id END, id, account_id,
       CASE WHEN j % 2 = 1 THEN person_id ELSE 2 * current_setting('bench.persons')::int + account_id END,
       CASE WHEN j % 2 = 0 THEN agent_id END, network, 'post:' || id || ':' || j,
       CASE WHEN j % 2 = 1 THEN 'in' ELSE 'out' END, public, '',
       concat_ws(' ', a.text, b.text, CASE WHEN bench.r(key, 62) < 0.5 THEN c.text END,
                 CASE WHEN bench.r(key, 63) < 0.02 THEN 'Ref. ' || upper(to_hex(id * 7919 + j)) END),
       least(current_setting('bench.ends')::timestamptz, opened_at + (j - 1) * pace),
       least(current_setting('bench.ends')::timestamptz, opened_at + (j - 1) * pace),
       CASE WHEN j > 1 THEN 'post:' || id || ':' || j - 1 ELSE '' END, '',
       language, '[]', '{"language": "es"}', jsonb_build_object('id', key), NULL, '[]'
  FROM bench.fact
  CROSS JOIN LATERAL generate_series(1, messages) j
  CROSS JOIN LATERAL (SELECT id * 1000 + j) k(key)
  JOIN bench.piece a ON a.n = bench.piece_of(key, 64)
  JOIN bench.piece b ON b.n = bench.piece_of(key, 65)
  JOIN bench.piece c ON c.n = bench.piece_of(key, 66)
 WHERE bench.fact.id > current_setting('bench.from')::int AND bench.fact.id <= current_setting('bench.to')::int
 ORDER BY id, j;

INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, agent_id, data, correlation)
SELECT brand_id, at, kind, f.id, CASE WHEN kind = 'case.closed' THEN agent_id END, '{}', NULL
  FROM bench.fact f
  CROSS JOIN LATERAL (
    SELECT opened_at, 'case.opened'
    UNION ALL SELECT last_at, 'case.closed' WHERE state = 'closed'
    UNION ALL SELECT least(last_at, opened_at + (j - 1) * pace), 'message.received'
                FROM generate_series(1, messages, 2) j
  ) e(at, kind)
 WHERE f.id > current_setting('bench.from')::int AND f.id <= current_setting('bench.to')::int;

INSERT INTO cortafuegos_deadline (brand_id, case_id, kind, due_at, state, created_at, done_at)
SELECT f.brand_id, f.id, 'first_answer', coalesce(c.due_at, f.opened_at + interval '1 hour'),
       CASE WHEN c.due_at IS NOT NULL THEN 'open' WHEN bench.r(f.id, 67) < 0.8 THEN 'met' ELSE 'missed' END,
       f.opened_at, CASE WHEN c.due_at IS NULL THEN least(f.last_at, f.opened_at + f.pace) END
  FROM bench.fact f JOIN cortafuegos_case c ON c.id = f.id
 WHERE f.id > current_setting('bench.from')::int AND f.id <= current_setting('bench.to')::int;
