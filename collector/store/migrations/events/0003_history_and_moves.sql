-- Facts that are not kept for ever, days in the history, and sites on their way to another database. What must hold whatever
-- an isolate believes, stands here as triggers: they see every writer, and they run in the writer's own transaction.

ALTER TABLE closings ADD COLUMN exported_before INTEGER NOT NULL DEFAULT 0;  -- days before this instant are in the history, late facts of 44 days excepted
ALTER TABLE closings ADD COLUMN settled_before INTEGER NOT NULL DEFAULT 0;   -- days before this instant are in the history for good
ALTER TABLE closings ADD COLUMN purged_before INTEGER NOT NULL DEFAULT 0;    -- facts before this instant are deleted, acts of persistent visitors excepted
ALTER TABLE closings ADD COLUMN marks_dropped INTEGER NOT NULL DEFAULT 0;    -- dirty marks that a sealing dropped
ALTER TABLE closings ADD COLUMN late_refused INTEGER NOT NULL DEFAULT 0;     -- facts refused because their day was sealed
ALTER TABLE closings ADD COLUMN visitors_from INTEGER NOT NULL DEFAULT 0;    -- day number before which visitor-days are deleted
ALTER TABLE closings ADD COLUMN visitors_cursor INTEGER;                     -- visitor up to which a running deletion has come

-- The visitor's last active day among those that were deleted; 0 = none. The gap to it stays exact when it is gone.
ALTER TABLE visitor_days ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0;

-- Which days are in the history (R2), and how far the one in progress has come.
CREATE TABLE exports (
  site INTEGER NOT NULL,
  start INTEGER NOT NULL,           -- of the site-local day, UTC
  until INTEGER NOT NULL,
  state INTEGER NOT NULL,           -- 0 none yet, 1 provisional (late facts may still come), 2 settled
  doing INTEGER,                    -- the state that the export in progress leads to; NULL = none in progress
  cursor TEXT NOT NULL,             -- JSON [source, a, b, c]: where the next part begins
  parts TEXT NOT NULL,              -- JSON [[rows, bytes], ...] of the export in progress, or of the last one
  had INTEGER NOT NULL,             -- parts of the last finished export
  late INTEGER NOT NULL,            -- facts that arrived after the day was settled
  late_doing INTEGER NOT NULL,      -- `late` when the export in progress began
  late_seen INTEGER NOT NULL,       -- `late` as far as the finished export has it
  exported_at INTEGER NOT NULL,
  PRIMARY KEY (site, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX exports_doing ON exports (site) WHERE doing IS NOT NULL;
CREATE INDEX exports_stale ON exports (site, start) WHERE late <> late_seen;

-- Sites on their way (docs/decisions/009). 1 copying: changes are noted; 2 fenced: nothing is written; 3 gone: the site lives in
-- another database; 9 receiving: the copy is being made here.
CREATE TABLE moves (
  site INTEGER NOT NULL PRIMARY KEY,
  state INTEGER NOT NULL,
  other TEXT NOT NULL,              -- binding of the other database
  cursor TEXT NOT NULL,             -- JSON, of the side that receives: what is copied so far
  at INTEGER NOT NULL               -- when the state was reached
) STRICT, WITHOUT ROWID;

-- Rows that changed while their site was being copied, in order of change. A number is never used twice.
CREATE TABLE moved_rows (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  site INTEGER NOT NULL,
  tab TEXT NOT NULL,
  a INTEGER NOT NULL,               -- born, or hash of a dictionary
  b INTEGER NOT NULL                -- rand, or 0
) STRICT;
CREATE INDEX moved_rows_site ON moved_rows (site, seq);

-- A sealed window is never recomputed: its facts are gone.
CREATE TRIGGER rollups_sealed BEFORE DELETE ON rollups
WHEN OLD.start < (SELECT sealed_before FROM closings WHERE site = OLD.site)
BEGIN
  SELECT RAISE(ABORT, 'window is sealed');
END;

-- pageviews: a fact of a sealed day that is not there (any more) is refused and counted; one of a settled day sends its day to the history again.
CREATE TRIGGER pageviews_late BEFORE INSERT ON pageviews
WHEN NEW.at < (SELECT settled_before FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM pageviews WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM pageviews WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= NEW.at AND until > NEW.at;
END;
CREATE TRIGGER pageviews_move BEFORE INSERT ON pageviews
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'pageviews', NEW.born, NEW.rand);
END;
CREATE TRIGGER pageviews_change BEFORE UPDATE ON pageviews
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'pageviews', NEW.born, NEW.rand);
END;
CREATE TRIGGER pageviews_stay BEFORE DELETE ON pageviews
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;

-- events: a fact of a sealed day that is not there (any more) is refused and counted; one of a settled day sends its day to the history again.
CREATE TRIGGER events_late BEFORE INSERT ON events
WHEN NEW.at < (SELECT settled_before FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM events WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM events WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= NEW.at AND until > NEW.at;
END;
CREATE TRIGGER events_move BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'events', NEW.born, NEW.rand);
END;
CREATE TRIGGER events_change BEFORE UPDATE ON events
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'events', NEW.born, NEW.rand);
END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;

-- opt_ins: a fact of a sealed day that is not there (any more) is refused and counted; one of a settled day sends its day to the history again.
CREATE TRIGGER opt_ins_late BEFORE INSERT ON opt_ins
WHEN NEW.at < (SELECT settled_before FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM opt_ins WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM opt_ins WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= NEW.at AND until > NEW.at;
END;
CREATE TRIGGER opt_ins_move BEFORE INSERT ON opt_ins
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'opt_ins', NEW.born, NEW.rand);
END;
CREATE TRIGGER opt_ins_change BEFORE UPDATE ON opt_ins
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'opt_ins', NEW.born, NEW.rand);
END;
CREATE TRIGGER opt_ins_stay BEFORE DELETE ON opt_ins
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;

-- identifications: a fact of a sealed day that is not there (any more) is refused and counted; one of a settled day sends its day to the history again.
CREATE TRIGGER identifications_late BEFORE INSERT ON identifications
WHEN NEW.at < (SELECT settled_before FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM identifications WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM identifications WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= NEW.at AND until > NEW.at;
END;
CREATE TRIGGER identifications_move BEFORE INSERT ON identifications
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'identifications', NEW.born, NEW.rand);
END;
CREATE TRIGGER identifications_change BEFORE UPDATE ON identifications
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'identifications', NEW.born, NEW.rand);
END;
CREATE TRIGGER identifications_stay BEFORE DELETE ON identifications
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;

-- kiosk_visits: a fact of a sealed day that is not there (any more) is refused and counted; one of a settled day sends its day to the history again.
CREATE TRIGGER kiosk_visits_late BEFORE INSERT ON kiosk_visits
WHEN NEW.at < (SELECT settled_before FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM kiosk_visits WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM kiosk_visits WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= NEW.at AND until > NEW.at;
END;
CREATE TRIGGER kiosk_visits_move BEFORE INSERT ON kiosk_visits
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'kiosk_visits', NEW.born, NEW.rand);
END;
CREATE TRIGGER kiosk_visits_change BEFORE UPDATE ON kiosk_visits
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'kiosk_visits', NEW.born, NEW.rand);
END;
CREATE TRIGGER kiosk_visits_stay BEFORE DELETE ON kiosk_visits
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;

-- exposures: a fact of a sealed day that is not there (any more) is refused and counted; one of a settled day sends its day to the history again.
CREATE TRIGGER exposures_late BEFORE INSERT ON exposures
WHEN NEW.at < (SELECT settled_before FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM exposures WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND NEW.at < sealed_before AND NOT EXISTS (SELECT 1 FROM exposures WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= NEW.at AND until > NEW.at;
END;
CREATE TRIGGER exposures_move BEFORE INSERT ON exposures
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'exposures', NEW.born, NEW.rand);
END;
CREATE TRIGGER exposures_change BEFORE UPDATE ON exposures
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state < 9)
BEGIN
  SELECT RAISE(ABORT, 'site has moved') FROM moves WHERE site = NEW.site AND state > 1;
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'exposures', NEW.born, NEW.rand);
END;
CREATE TRIGGER exposures_stay BEFORE DELETE ON exposures
WHEN EXISTS (SELECT 1 FROM moves WHERE site = OLD.site AND state < 3)
BEGIN
  SELECT RAISE(ABORT, 'site is moving');
END;

CREATE TRIGGER pages_move BEFORE INSERT ON pages
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state = 1)
BEGIN
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'pages', NEW.hash, 0);
END;

CREATE TRIGGER origins_move BEFORE INSERT ON origins
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state = 1)
BEGIN
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'origins', NEW.hash, 0);
END;

CREATE TRIGGER places_move BEFORE INSERT ON places
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state = 1)
BEGIN
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'places', NEW.hash, 0);
END;

CREATE TRIGGER names_move BEFORE INSERT ON names
WHEN EXISTS (SELECT 1 FROM moves WHERE site = NEW.site AND state = 1)
BEGIN
  INSERT INTO moved_rows (site, tab, a, b) VALUES (NEW.site, 'names', NEW.hash, 0);
END;
