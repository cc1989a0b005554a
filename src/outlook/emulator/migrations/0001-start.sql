-- An emulated Outlook: its profile, stores, folders and items. An item's and a folder's values are rows of `properties`, each with its
-- MAPI type; `owner` says whose they are.

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stores (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, store_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  file_path TEXT NOT NULL, attached INTEGER NOT NULL, is_default INTEGER NOT NULL, root TEXT NOT NULL);
CREATE TABLE folders (
  entry_id TEXT PRIMARY KEY, store INTEGER NOT NULL, parent TEXT, role INTEGER, item_type INTEGER NOT NULL,
  number INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX folders_parent ON folders (parent);
CREATE TABLE items (
  number INTEGER PRIMARY KEY, entry_id TEXT NOT NULL UNIQUE, store INTEGER NOT NULL, folder TEXT NOT NULL,
  hidden INTEGER NOT NULL, version INTEGER NOT NULL);
CREATE INDEX items_folder ON items (folder, hidden);
CREATE TABLE parts (
  number INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL);
CREATE INDEX parts_item ON parts (item, kind, position);
CREATE TABLE properties (
  owner TEXT NOT NULL, key TEXT NOT NULL, type INTEGER NOT NULL, value, PRIMARY KEY (owner, key)) WITHOUT ROWID;
CREATE TABLE folder_fields (
  folder TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, type INTEGER NOT NULL, PRIMARY KEY (folder, name)) WITHOUT ROWID;
CREATE TABLE categories (
  id TEXT PRIMARY KEY, store INTEGER NOT NULL, name TEXT NOT NULL, color INTEGER NOT NULL, shortcut INTEGER NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, about TEXT NOT NULL, event TEXT NOT NULL, argument TEXT NOT NULL);
