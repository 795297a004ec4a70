-- SPDX-License-Identifier: GPL-3.0-or-later
-- First schema of a centre's file. Released: never edited, the next number changes it.
-- Times are UTC seconds, days are days since 1970-01-01 in China Standard Time, coordinates are
-- 1e-7 degree. 0 never means "none" here: NULL does.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE area (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 5),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 7),
  parent INTEGER REFERENCES area (id) DEFERRABLE INITIALLY DEFERRED,
  successor INTEGER REFERENCES area (id) DEFERRABLE INITIALLY DEFERRED,
  valid_from INTEGER NOT NULL,
  valid_to INTEGER,
  label_x INTEGER NOT NULL,
  label_y INTEGER NOT NULL,
  households INTEGER NOT NULL CHECK (households >= 0),
  geometry BLOB
) STRICT;

CREATE TABLE org (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('party', 'government', 'department', 'court', 'procuratorate',
    'mass_org', 'street', 'community', 'enterprise', 'social_org', 'mediation', 'legal_service',
    'team', 'alliance', 'other')),
  parent INTEGER REFERENCES org (id) DEFERRABLE INITIALLY DEFERRED,
  area INTEGER REFERENCES area (id),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER
) STRICT;

-- A post at a desk, never a person's name.
CREATE TABLE account (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  org INTEGER REFERENCES org (id),
  login TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  roles INTEGER NOT NULL CHECK (roles BETWEEN 0 AND 65535),
  scope_area INTEGER REFERENCES area (id),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE calendar_day (
  day INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
  name TEXT
) STRICT;

-- A module's type as the file knows it, so that rows stay readable without the module.
CREATE TABLE record_type (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  key TEXT NOT NULL UNIQUE,
  module TEXT NOT NULL,
  table_name TEXT NOT NULL UNIQUE,
  number_code TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  description TEXT NOT NULL
) STRICT;

-- One typed column per declared field of m_<ns>_<type>; VAULT fields have none.
CREATE TABLE record_field (
  type INTEGER NOT NULL REFERENCES record_type (number),
  field TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 12),
  privacy INTEGER NOT NULL CHECK (privacy BETWEEN 1 AND 4),
  PRIMARY KEY (type, field)
) STRICT, WITHOUT ROWID;

-- Last number given, per code and civil year of reporting: 510903-DIS-2026-000001.
CREATE TABLE number_sequence (
  code TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= 0),
  PRIMARY KEY (code, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  n_rows INTEGER NOT NULL DEFAULT 0 CHECK (n_rows >= 0),
  n_refused INTEGER NOT NULL DEFAULT 0 CHECK (n_refused >= 0),
  first_matter INTEGER,
  last_matter INTEGER,
  last_seq INTEGER,
  undone_at INTEGER
) STRICT;

CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
  number TEXT NOT NULL UNIQUE,
  -- A keyed permutation of id: unique and found without an index of its own.
  case_code TEXT NOT NULL,
  type INTEGER NOT NULL REFERENCES record_type (number),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 12),
  urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 3),
  severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
  sensitivity INTEGER NOT NULL CHECK (sensitivity IN (1, 2)),
  loc_precision INTEGER NOT NULL CHECK (loc_precision BETWEEN 1 AND 4),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
  exercise INTEGER NOT NULL CHECK (exercise IN (0, 1)),
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  area INTEGER REFERENCES area (id),
  -- Copied ancestors, kept by the store.
  town INTEGER,
  comm INTEGER,
  x INTEGER CHECK (x BETWEEN -1800000000 AND 1800000000),
  y INTEGER CHECK (y BETWEEN -900000000 AND 900000000),
  occurred INTEGER,
  reported INTEGER NOT NULL,
  due INTEGER,
  closed INTEGER,
  lead_org INTEGER REFERENCES org (id),
  master INTEGER REFERENCES matter (id),
  batch INTEGER REFERENCES import_batch (id),
  reopened INTEGER NOT NULL DEFAULT 0 CHECK (reopened >= 0),
  rev INTEGER NOT NULL CHECK (rev >= 1),
  -- Not IN (...): SQLite would build a table of the words for every row that is written.
  source TEXT NOT NULL CHECK (source = 'hotline' OR source = 'grid' OR source = 'phone'
    OR source = 'visit' OR source = 'online' OR source = 'dept' OR source = 'letter'
    OR source = 'court' OR source = 'petition' OR source = 'patrol' OR source = 'inspection'
    OR source = 'other'),
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  address TEXT,
  result TEXT,
  CHECK ((x IS NULL) = (y IS NULL))
) STRICT;

-- Worklists by jurisdiction, module and unit; state < 9 is "not closed, archived, rejected, merged".
CREATE INDEX matter_type_town_reported ON matter (type, town, reported);
CREATE INDEX matter_comm_reported ON matter (comm, reported);
CREATE INDEX matter_area_reported ON matter (area, reported);
CREATE INDEX matter_open_due ON matter (due) WHERE state < 9 AND due IS NOT NULL;
CREATE INDEX matter_open_town ON matter (town, reported) WHERE state < 9;
CREATE INDEX matter_open_lead ON matter (lead_org, due) WHERE state < 9 AND lead_org IS NOT NULL;
CREATE INDEX matter_master ON matter (master) WHERE master IS NOT NULL;

-- The journal. The hash covers the hash of seq - 1 and every column but itself; free text is in
-- event_body, the chain covers its salted commitment only, so that a text can be erased.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  matter INTEGER REFERENCES matter (id),
  at INTEGER NOT NULL,
  verb INTEGER NOT NULL CHECK (verb BETWEEN 1 AND 255),
  from_state INTEGER NOT NULL CHECK (from_state BETWEEN 0 AND 12),
  to_state INTEGER NOT NULL CHECK (to_state BETWEEN 0 AND 12),
  account INTEGER NOT NULL,
  role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 31),
  org INTEGER NOT NULL,
  delta TEXT,
  commitment BLOB CHECK (commitment IS NULL OR length(commitment) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX event_matter ON event (matter, seq);

CREATE TABLE event_body (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE assignment (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  org INTEGER NOT NULL REFERENCES org (id),
  part INTEGER NOT NULL CHECK (part IN (1, 2, 3)),
  sent INTEGER NOT NULL,
  due INTEGER,
  accepted INTEGER,
  returned INTEGER,
  done INTEGER,
  return_reason TEXT,
  opinion TEXT
) STRICT;
CREATE INDEX assignment_matter ON assignment (matter);

CREATE TABLE clock (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 7),
  unit INTEGER NOT NULL CHECK (unit BETWEEN 1 AND 7),
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 5),
  n INTEGER NOT NULL CHECK (n >= 0),
  start INTEGER NOT NULL,
  due INTEGER NOT NULL,
  stop INTEGER,
  paused_since INTEGER,
  paused_seconds INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX clock_matter ON clock (matter);

CREATE TABLE extension (
  id INTEGER PRIMARY KEY,
  clock INTEGER NOT NULL REFERENCES clock (id),
  asked INTEGER NOT NULL,
  by_org INTEGER NOT NULL REFERENCES org (id),
  reason TEXT NOT NULL,
  until INTEGER NOT NULL,
  decided INTEGER,
  decision INTEGER CHECK (decision IN (0, 1)),
  by_account INTEGER REFERENCES account (id),
  legal_basis TEXT
) STRICT;
CREATE INDEX extension_clock ON extension (clock);

CREATE TABLE urge (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  step TEXT NOT NULL CHECK (step IN ('urge', 'yellow', 'red')),
  number TEXT NOT NULL UNIQUE,
  trigger_code TEXT NOT NULL,
  issued INTEGER NOT NULL,
  issuer INTEGER NOT NULL REFERENCES account (id),
  to_org INTEGER NOT NULL REFERENCES org (id),
  reply_due INTEGER NOT NULL,
  reply TEXT,
  lifted INTEGER
) STRICT;
CREATE INDEX urge_matter ON urge (matter);

CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('visit', 'phone', 'online')),
  answer TEXT NOT NULL CHECK (answer IN ('satisfied', 'fair', 'dissatisfied', 'declined',
    'not_reached')),
  solved TEXT NOT NULL CHECK (solved IN ('yes', 'partly', 'no', 'unknown')),
  note TEXT
) STRICT;
CREATE INDEX visit_matter ON visit (matter);

CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  area INTEGER NOT NULL REFERENCES area (id),
  x INTEGER CHECK (x BETWEEN -1800000000 AND 1800000000),
  y INTEGER CHECK (y BETWEEN -900000000 AND 900000000),
  address TEXT,
  manager_org INTEGER REFERENCES org (id),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  CHECK ((x IS NULL) = (y IS NULL))
) STRICT;

-- Content by its digest: two matters with the same picture keep it once.
CREATE TABLE attachment_body (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  content BLOB NOT NULL
) STRICT;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  sha256 BLOB NOT NULL REFERENCES attachment_body (sha256),
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size BETWEEN 0 AND 20971520),
  kind TEXT NOT NULL CHECK (kind IN ('before', 'after', 'document', 'map', 'other')),
  redacted INTEGER NOT NULL CHECK (redacted IN (0, 1)),
  exif_removed INTEGER NOT NULL CHECK (exif_removed IN (0, 1)),
  sensitivity INTEGER NOT NULL CHECK (sensitivity IN (1, 2)),
  at INTEGER NOT NULL,
  account INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_matter ON attachment (matter);

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  matter INTEGER REFERENCES matter (id),
  type TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  day INTEGER NOT NULL,
  issuer_org INTEGER REFERENCES org (id),
  to_org INTEGER REFERENCES org (id),
  attachment INTEGER REFERENCES attachment (id),
  account INTEGER NOT NULL,
  UNIQUE (type, number)
) STRICT;
CREATE INDEX document_matter ON document (matter);

-- Values of VAULT fields; sealed by the application, never a plain column.
CREATE TABLE sealed (
  matter INTEGER NOT NULL REFERENCES matter (id),
  field TEXT NOT NULL,
  key_id TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (matter, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  saved INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_account ON draft (account);

-- (month = year * 12 + month - 1 in China Standard Time, type, leaf area or 0) -> opened, closed.
CREATE TABLE counter (
  month INTEGER NOT NULL,
  type INTEGER NOT NULL,
  area INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  PRIMARY KEY (month, type, area)
) STRICT, WITHOUT ROWID;
