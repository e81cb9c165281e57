-- The sandbox network's own world. Times are ISO 8601 in UTC with microseconds, so that they sort.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS account (
  id INTEGER PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL DEFAULT '',
  bio TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  followers INTEGER NOT NULL DEFAULT 0,
  verified INTEGER NOT NULL DEFAULT 0,
  brand INTEGER NOT NULL DEFAULT 0,      -- answers through the API; nobody may speak as it on the page
  token TEXT UNIQUE,
  token_expires_at TEXT,
  pinned INTEGER REFERENCES post (id),
  webhook_url TEXT NOT NULL DEFAULT '',
  webhook_secret TEXT NOT NULL DEFAULT ''
);

-- Public posts and direct messages alike; a direct message has a recipient.
CREATE TABLE IF NOT EXISTS post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  author INTEGER NOT NULL REFERENCES account (id),
  recipient INTEGER REFERENCES account (id),
  text TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  edited_at TEXT,
  deleted_at TEXT,
  root INTEGER REFERENCES post (id),
  parent INTEGER REFERENCES post (id),
  pair TEXT,                             -- direct messages: both account ids, the smaller first
  attachments TEXT NOT NULL DEFAULT '[]',
  key TEXT,                              -- idempotency key
  UNIQUE (author, key)
);
CREATE INDEX IF NOT EXISTS post_root ON post (root, id);
CREATE INDEX IF NOT EXISTS post_parent ON post (parent);
CREATE INDEX IF NOT EXISTS post_pair ON post (pair, id) WHERE pair IS NOT NULL;
CREATE INDEX IF NOT EXISTS post_time ON post (created_at) WHERE recipient IS NULL;

CREATE TABLE IF NOT EXISTS media (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner INTEGER NOT NULL REFERENCES account (id),
  secret TEXT NOT NULL UNIQUE,           -- the end of its address
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  alt TEXT NOT NULL DEFAULT '',
  body BLOB NOT NULL,
  created_at TEXT NOT NULL
);

-- What an account is told of: a snapshot, so that the feed and the webhook say the same bytes.
CREATE TABLE IF NOT EXISTS event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL,
  post INTEGER NOT NULL REFERENCES post (id),
  created_at TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS event_account ON event (account, id);

CREATE TABLE IF NOT EXISTS push (
  event INTEGER PRIMARY KEY REFERENCES event (id),
  account INTEGER NOT NULL REFERENCES account (id),
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS push_due ON push (due_at);

CREATE TABLE IF NOT EXISTS fault (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  params TEXT NOT NULL DEFAULT '{}',
  times INTEGER NOT NULL
);

-- How far each story has been told. "clock" counts seconds of play, which stand still in a pause.
CREATE TABLE IF NOT EXISTS telling (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  story TEXT NOT NULL,
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,                 -- the next step
  clock REAL NOT NULL,                   -- when the last step was told
  opening INTEGER NOT NULL REFERENCES post (id),
  target INTEGER NOT NULL REFERENCES post (id), -- what the next step answers
  since INTEGER NOT NULL REFERENCES post (id),  -- answers after this one are still to be reacted to
  answered INTEGER REFERENCES post (id), -- the brand's answer the next step reacts to
  heard REAL,                            -- when that answer was first seen
  done INTEGER NOT NULL DEFAULT 0,
  UNIQUE (story, round)
);
CREATE INDEX IF NOT EXISTS telling_open ON telling (done) WHERE done = 0;
