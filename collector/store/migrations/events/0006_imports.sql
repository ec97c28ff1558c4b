-- History of another tool, as its export had it. It never enters the rollups, which are derived from facts: reports add it to days
-- on which nothing was measured here, and say so.

CREATE TABLE imports (
  site INTEGER NOT NULL,
  id INTEGER NOT NULL,
  tool TEXT NOT NULL,
  sha256 TEXT NOT NULL,             -- of the file: the same file again is the same import
  state INTEGER NOT NULL,           -- 0 being written, 1 waits for a yes, 2 shown, 3 being removed
  made_at INTEGER NOT NULL,
  about TEXT NOT NULL,              -- JSON: what was understood, and what was left out
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

-- A day belongs to one import. Whatever else lies in imported_cells is not shown.
CREATE TABLE imported_days (
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,             -- site-local day number
  start INTEGER NOT NULL,           -- of the day, UTC
  import INTEGER NOT NULL,
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE imported_cells (
  site INTEGER NOT NULL,
  dimension INTEGER NOT NULL,       -- store/imported-dimensions.ts
  day INTEGER NOT NULL,
  import INTEGER NOT NULL,
  value TEXT NOT NULL,
  pageviews INTEGER,                -- NULL = the export does not say
  visits INTEGER,
  visitors INTEGER,                 -- of the day; days do not add up
  events INTEGER,
  PRIMARY KEY (site, dimension, day, import, value)
) STRICT, WITHOUT ROWID;

-- While a site moves to another database, nothing changes what is shown (docs/decisions/009): the copy would not have it.
CREATE TRIGGER imports_move BEFORE UPDATE ON imports
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;
CREATE TRIGGER imported_days_move BEFORE INSERT ON imported_days
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;
CREATE TRIGGER imported_days_stay BEFORE DELETE ON imported_days
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;
