-- How many items an import made: counted as they are noted, because there may be millions. 0 also once it is kept no longer and goes by the
-- portion.
ALTER TABLE imports ADD COLUMN items INTEGER NOT NULL DEFAULT 0;
UPDATE imports SET items = (SELECT count(*) FROM imported WHERE import = imports.id);

-- The few whose answer was not seen.
CREATE INDEX imported_unanswered ON imported (container) WHERE digest IS NULL;
