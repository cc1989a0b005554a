-- The values of an item, a part of one, a folder and a store lie in its own row, as one JSON object, instead of a row for each value. The
-- journal's numbers only grow without a table that counts them, because its newest row always stays.

CREATE TEMP TABLE texts AS
  SELECT owner, '{' || group_concat(
    json_quote(replace(replace(replace(replace(replace(replace(key,
      '{00062004-0000-0000-C000-000000000046}', 'A'), '{00062002-0000-0000-C000-000000000046}', 'B'),
      '{00062008-0000-0000-C000-000000000046}', 'C'), '{6ED8DA90-450B-101B-98DA-00AA003F1305}', 'D'),
      '{00020329-0000-0000-C000-000000000046}', 'E'), '{00020386-0000-0000-C000-000000000046}', 'F'))
    || ':' ||
    CASE type
      WHEN 0x001f THEN json_quote(coalesce(value, ''))
      WHEN 0x0003 THEN json_quote(coalesce(value, 0))
      WHEN 0x000b THEN iif(value = 1, 'true', 'false')
      WHEN 0x0102 THEN '[258,"' || coalesce(hex(value), '') || '"]'
      -- Lists were JSON already, bytes in them hex.
      WHEN 0x1003 THEN '[4099,' || value || ']'
      WHEN 0x101f THEN '[4127,' || value || ']'
      WHEN 0x1102 THEN '[4354,' || value || ']'
      ELSE '[' || type || ',' || json_quote(coalesce(value, '')) || ']'
    END, ',') || '}' AS contents
  FROM properties GROUP BY owner;
CREATE UNIQUE INDEX temp.texts_owner ON texts (owner);

ALTER TABLE items ADD COLUMN contents TEXT NOT NULL DEFAULT '{}';
ALTER TABLE parts ADD COLUMN contents TEXT NOT NULL DEFAULT '{}';
ALTER TABLE folders ADD COLUMN contents TEXT NOT NULL DEFAULT '{}';
ALTER TABLE stores ADD COLUMN contents TEXT NOT NULL DEFAULT '{}';
UPDATE items SET contents = coalesce((SELECT contents FROM texts WHERE owner = 'i' || number), '{}');
UPDATE parts SET contents = coalesce((SELECT contents FROM texts WHERE owner = 'p' || number), '{}');
UPDATE folders SET contents = coalesce((SELECT contents FROM texts WHERE owner = 'f' || entry_id), '{}');
UPDATE stores SET contents = coalesce((SELECT contents FROM texts WHERE owner = 's' || id), '{}');
DROP TABLE texts;
DROP TABLE properties;

CREATE TABLE kept_journal (
  seq INTEGER PRIMARY KEY, source TEXT NOT NULL, about TEXT NOT NULL, event TEXT NOT NULL, argument TEXT NOT NULL);
INSERT INTO kept_journal SELECT seq, source, about, event, argument FROM journal;
DROP TABLE journal;
ALTER TABLE kept_journal RENAME TO journal;
