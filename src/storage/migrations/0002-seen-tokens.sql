-- The token each item was last seen to carry: where it is not the link's, the mark is still owed.
ALTER TABLE links ADD COLUMN server_token TEXT;
ALTER TABLE links ADD COLUMN outlook_token TEXT;

CREATE INDEX links_unmarked ON links (pair) WHERE token IS NOT NULL AND outlook_token IS NOT token;
