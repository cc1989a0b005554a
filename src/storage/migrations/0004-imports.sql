-- What imports from files made on the server, so that an import can be taken back; kept as long as the history.

CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  -- Names of the files, as a JSON array.
  sources TEXT NOT NULL,
  -- When it was taken back; NULL: it was not.
  undone INTEGER
) STRICT;

CREATE INDEX imports_by_time ON imports (at);

-- In the order in which they were made. digest NULL: the server's answer was not seen.
CREATE TABLE imported (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  import TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('calendar', 'addressbook')),
  container TEXT NOT NULL,
  uid TEXT NOT NULL,
  look TEXT NOT NULL,
  digest TEXT,
  UNIQUE (import, container, uid)
) STRICT;
