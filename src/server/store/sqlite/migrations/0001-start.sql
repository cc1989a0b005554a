CREATE TABLE containers (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  domain TEXT NOT NULL,
  default_container INTEGER NOT NULL,
  read_only INTEGER NOT NULL,
  settings TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX containers_owner ON containers (owner, domain);
CREATE INDEX containers_type ON containers (type);

CREATE TABLE grants (
  container_id INTEGER NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  verb TEXT NOT NULL,
  PRIMARY KEY (container_id, subject, verb)
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_subject ON grants (subject);

CREATE TABLE personal_settings (
  container_id INTEGER NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (container_id, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL,
  display_name TEXT NOT NULL,
  external_id TEXT,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  lookup TEXT NOT NULL,
  weight INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (container_id, uid)
) STRICT;
CREATE INDEX items_lookup ON items (container_id, lookup);

CREATE TABLE blobs (
  item_id INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (item_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  container_id INTEGER NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  item_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  item_uid TEXT NOT NULL,
  external_id TEXT,
  author TEXT NOT NULL,
  origin TEXT NOT NULL,
  date INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  PRIMARY KEY (container_id, item_id, kind)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX changes_version ON changes (container_id, version);
CREATE INDEX changes_uid ON changes (container_id, item_uid);
CREATE INDEX changes_deleted ON changes (date) WHERE kind = 'Deleted';

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('item', 0);

CREATE TABLE domains (uid TEXT PRIMARY KEY, aliases TEXT NOT NULL, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
  domain TEXT NOT NULL REFERENCES domains (uid) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  kind TEXT NOT NULL,
  login TEXT,
  display_name TEXT NOT NULL,
  emails TEXT NOT NULL,
  hidden INTEGER NOT NULL,
  system INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  roles TEXT NOT NULL,
  settings TEXT NOT NULL,
  card TEXT,
  external_id TEXT,
  mailbox_copy_guid TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (domain, uid),
  UNIQUE (domain, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE addresses (
  address TEXT PRIMARY KEY,
  domain TEXT NOT NULL,
  uid TEXT NOT NULL,
  FOREIGN KEY (domain, uid) REFERENCES entries (domain, uid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_entry ON addresses (domain, uid);

CREATE TABLE credentials (
  domain TEXT NOT NULL,
  uid TEXT NOT NULL,
  hash TEXT NOT NULL,
  must_change INTEGER NOT NULL,
  PRIMARY KEY (domain, uid),
  FOREIGN KEY (domain, uid) REFERENCES entries (domain, uid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
  group_uid TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (group_uid, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_member ON members (member);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  domain TEXT NOT NULL,
  origin TEXT NOT NULL,
  interactive INTEGER NOT NULL,
  expired INTEGER NOT NULL,
  created INTEGER NOT NULL,
  last_use INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  display_name TEXT NOT NULL,
  user TEXT NOT NULL,
  domain TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX api_keys_user ON api_keys (user);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  date INTEGER NOT NULL,
  method TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  container_uid TEXT NOT NULL,
  item_uid TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;
