-- One public thread that everybody saw: 4,000 posts said to others, and the 400 latest cases of the
-- first brand that have a part in it.

INSERT INTO cortafuegos_message (id, brand_id, case_id, conversation_id, account_id, identity_id, agent_id,
       network, network_id, direction, public, subject, text, posted_at, received_at, in_reply_to, url,
       language, attachments, labels, ref, receipt_id, versions)
SELECT -i, t.brand_id, NULL, t.id, t.account_id, t.person_id, NULL, t.network, 'aside:' || i, 'in', true, '',
       p.text, current_setting('bench.ends')::timestamptz - i * interval '9 seconds', now(), '', '',
       'es', '[]', '{}', '{}', NULL, '[]'
  FROM generate_series(1, 4000) i
  JOIN bench.piece p ON p.n = bench.piece_of(i, 70),
  (SELECT * FROM bench.fact WHERE brand = 1 AND public AND state = 'open' ORDER BY id DESC LIMIT 1) t;

UPDATE cortafuegos_message m SET conversation_id = t.id
  FROM (SELECT * FROM bench.fact WHERE brand = 1 AND public AND state = 'open' ORDER BY id DESC LIMIT 1) t
 WHERE m.case_id IN (SELECT id FROM bench.fact WHERE brand = 1 AND public AND state = 'open'
                      ORDER BY id DESC LIMIT 400);

CREATE TABLE bench.viral AS
SELECT number FROM cortafuegos_case WHERE id =
  (SELECT max(id) FROM bench.fact WHERE brand = 1 AND public AND state = 'open');
