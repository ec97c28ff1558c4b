-- The visits that were open at the instant before which detail is rolled up: numbers as store/open-visits.ts lists them.
CREATE TABLE open_visits (
  site INTEGER NOT NULL,
  part INTEGER NOT NULL,
  before INTEGER NOT NULL,
  visits TEXT NOT NULL,
  PRIMARY KEY (site, part)
) STRICT, WITHOUT ROWID;
