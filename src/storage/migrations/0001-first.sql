-- The agent's memory. Times are milliseconds since 1970-01-01T00:00:00Z; contents and values are canonical JSON.
-- No secrets: passwords lie in the keyring.

CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  server TEXT NOT NULL,
  login TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE pairs (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  server_folder TEXT NOT NULL,
  outlook_folder TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (account, server_folder),
  UNIQUE (account, outlook_folder)
) STRICT;

-- One row per item that is on both sides. Contents stand apart, so that a pass over ids and revs does not read them.
CREATE TABLE links (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  token TEXT,
  open TEXT,
  server_id TEXT NOT NULL,
  server_rev TEXT NOT NULL,
  server_digest TEXT NOT NULL,
  outlook_id TEXT NOT NULL,
  outlook_rev TEXT NOT NULL,
  outlook_digest TEXT NOT NULL,
  PRIMARY KEY (pair, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_server_id ON links (pair, server_id);
CREATE INDEX links_by_outlook_id ON links (pair, outlook_id);
CREATE INDEX links_by_token ON links (pair, token) WHERE token IS NOT NULL;
CREATE INDEX links_open ON links (pair) WHERE open IS NOT NULL;

-- What each side looked like when both last agreed; outlook NULL: the same text as server.
CREATE TABLE bases (
  pair TEXT NOT NULL,
  key TEXT NOT NULL,
  server TEXT NOT NULL,
  outlook TEXT,
  PRIMARY KEY (pair, key),
  FOREIGN KEY (pair, key) REFERENCES links (pair, key) ON DELETE CASCADE
) STRICT;

-- The journal: effects that may have happened and are not settled.
CREATE TABLE intents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  intent TEXT NOT NULL,
  UNIQUE (pair, key)
) STRICT;

CREATE TABLE history (
  id TEXT PRIMARY KEY,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  key TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('server', 'outlook')),
  item_id TEXT NOT NULL,
  title TEXT NOT NULL,
  rule TEXT NOT NULL,
  did TEXT NOT NULL CHECK (did IN ('update', 'delete')),
  content TEXT NOT NULL
) STRICT;

CREATE INDEX history_by_time ON history (at);
CREATE INDEX history_by_pair ON history (pair, at);

CREATE TABLE cursors (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('server', 'outlook')),
  cursor TEXT NOT NULL,
  PRIMARY KEY (pair, side)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsettled (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('server', 'outlook')),
  id TEXT NOT NULL,
  why TEXT NOT NULL,
  refused TEXT,
  PRIMARY KEY (pair, side, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  rule TEXT NOT NULL,
  title TEXT NOT NULL,
  side TEXT CHECK (side IN ('server', 'outlook')),
  decision TEXT CHECK (decision IN ('apply', 'undo')),
  PRIMARY KEY (pair, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;

CREATE INDEX reports_by_time ON reports (started_at);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
