-- How each user's connector is, and the reports that users sent.
CREATE TABLE connector_states (
  domain TEXT NOT NULL,
  user TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (domain, user)
) WITHOUT ROWID;
CREATE TABLE connector_reports (
  id TEXT PRIMARY KEY,
  domain TEXT NOT NULL,
  user TEXT NOT NULL,
  at INTEGER NOT NULL,
  report TEXT NOT NULL
);
CREATE INDEX connector_reports_by_user ON connector_reports (domain, user, at);
