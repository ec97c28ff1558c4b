-- Whose facts were erased: what they did before and arrives later, out of a queue, an outbox or a copy, is not taken. It stands here as
-- triggers, which see every writer (docs/decisions/023). A visitor's number is a hash; no row says who it was.
CREATE TABLE erased_visitors (
  site INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,        -- what comes after the erasure is somebody new
  erased_at INTEGER NOT NULL,
  PRIMARY KEY (site, visitor, from_at)
) STRICT, WITHOUT ROWID;

-- Erasures that this database knows of: one that is listed outside and missing here was undone by a restore.
CREATE TABLE erasures (
  id TEXT NOT NULL PRIMARY KEY,
  site INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER pageviews_erased BEFORE INSERT ON pageviews
WHEN EXISTS (SELECT 1 FROM erased_visitors e WHERE e.site = NEW.site AND e.visitor = NEW.visitor AND NEW.at >= e.from_at AND NEW.at < e.until_at)
BEGIN
  SELECT RAISE(IGNORE);
END;
CREATE TRIGGER events_erased BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM erased_visitors e WHERE e.site = NEW.site AND e.visitor = NEW.visitor AND NEW.at >= e.from_at AND NEW.at < e.until_at)
BEGIN
  SELECT RAISE(IGNORE);
END;
CREATE TRIGGER identifications_erased BEFORE INSERT ON identifications
WHEN EXISTS (SELECT 1 FROM erased_visitors e WHERE e.site = NEW.site AND e.visitor = NEW.visitor AND NEW.at >= e.from_at AND NEW.at < e.until_at)
BEGIN
  SELECT RAISE(IGNORE);
END;
CREATE TRIGGER kiosk_visits_erased BEFORE INSERT ON kiosk_visits
WHEN EXISTS (SELECT 1 FROM erased_visitors e WHERE e.site = NEW.site AND e.visitor = NEW.visitor AND NEW.at >= e.from_at AND NEW.at < e.until_at)
BEGIN
  SELECT RAISE(IGNORE);
END;
CREATE TRIGGER opt_ins_erased BEFORE INSERT ON opt_ins
WHEN EXISTS (SELECT 1 FROM erased_visitors e WHERE e.site = NEW.site AND e.visitor = NEW.visitor AND NEW.at >= e.from_at AND NEW.at < e.until_at)
BEGIN
  SELECT RAISE(IGNORE);
END;
