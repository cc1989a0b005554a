-- History and reports outlive their folder pair (a folder made anew, a calendar no longer subscribed), not their account.

CREATE TABLE kept_history (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  -- The pair then, its container and its name for people.
  pair TEXT NOT NULL,
  container TEXT NOT NULL,
  folder TEXT NOT NULL,
  at INTEGER NOT NULL,
  key TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('server', 'outlook')),
  item_id TEXT NOT NULL,
  title TEXT NOT NULL,
  rule TEXT NOT NULL,
  did TEXT NOT NULL CHECK (did IN ('update', 'delete')),
  content TEXT NOT NULL,
  -- What was written over it; NULL: the item was deleted, or the entry is older than this column.
  after TEXT,
  -- Of a deletion: the item of the other side when both last agreed; across NULL beside an id: the same text as content.
  across_id TEXT,
  across TEXT,
  -- Names of the fields whose value lost a conflict, as a JSON array; NULL: none.
  lost TEXT,
  -- When and where it was put back, as JSON; NULL: it was not.
  restored TEXT,
  -- Bytes of the contents, for the bound on their sum.
  size INTEGER NOT NULL
) STRICT;

INSERT INTO kept_history
  SELECT history.id, account, pair, server_folder, name, at, key, side, item_id, title, rule, did, content,
    NULL, NULL, NULL, NULL, NULL, octet_length(content)
  FROM history JOIN pairs ON pairs.id = history.pair;
DROP TABLE history;
ALTER TABLE kept_history RENAME TO history;
CREATE INDEX history_by_time ON history (at, id, size);

CREATE TABLE kept_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  pair TEXT NOT NULL,
  folder TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;

INSERT INTO kept_reports
  SELECT reports.id, account, pair, name, started_at, outcome, report
  FROM reports JOIN pairs ON pairs.id = reports.pair ORDER BY reports.id;
DROP TABLE reports;
ALTER TABLE kept_reports RENAME TO reports;
CREATE INDEX reports_by_time ON reports (started_at);
CREATE INDEX reports_by_pair ON reports (pair, id);

-- Runs over the whole account. A run that found nothing to do after another one like it is counted there, in `times`.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  -- NULL: it goes on, or the process ended in the middle of it.
  ended_at INTEGER,
  times INTEGER NOT NULL,
  why TEXT NOT NULL,
  changes INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  held INTEGER NOT NULL,
  folders INTEGER NOT NULL,
  notes TEXT NOT NULL,
  failure TEXT
) STRICT;

CREATE INDEX runs_by_time ON runs (started_at);

-- What the user can say about something held: of deletions apply or undo, of a conflict whose value stays.
CREATE TABLE kept_held (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  rule TEXT NOT NULL,
  title TEXT NOT NULL,
  side TEXT CHECK (side IN ('server', 'outlook')),
  decision TEXT CHECK (decision IN ('apply', 'undo', 'server', 'outlook')),
  PRIMARY KEY (pair, key)
) STRICT, WITHOUT ROWID;

INSERT INTO kept_held SELECT pair, key, rule, title, side, decision FROM held;
DROP TABLE held;
ALTER TABLE kept_held RENAME TO held;
