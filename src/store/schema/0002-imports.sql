-- SPDX-License-Identifier: GPL-3.0-or-later
-- Lists and worklists are answered by the snapshot's columns in memory; no query has used these
-- indexes since, and they were a third of the work of taking a matter in.
DROP INDEX matter_type_town_reported;
DROP INDEX matter_comm_reported;
DROP INDEX matter_area_reported;
DROP INDEX matter_open_due;
DROP INDEX matter_open_town;
DROP INDEX matter_open_lead;

-- The number that the sender of a list gave to a matter, so that the same row is known when it
-- comes again. Senders count each for themselves: a number is unique per type and channel.
CREATE TABLE external_number (
  type INTEGER NOT NULL REFERENCES record_type (number),
  source TEXT NOT NULL,
  number TEXT NOT NULL CHECK (number <> ''),
  matter INTEGER NOT NULL REFERENCES matter (id),
  PRIMARY KEY (type, source, number)
) STRICT, WITHOUT ROWID;
