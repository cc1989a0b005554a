-- Files that events link to; who has the address of one may fetch it.
CREATE TABLE files (
  id TEXT PRIMARY KEY,
  domain TEXT NOT NULL REFERENCES domains (uid) ON DELETE CASCADE,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  created INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX files_digest ON files (domain, owner, digest);
