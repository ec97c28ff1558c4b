-- Gap cells in the order in which reports read them: only the gaps that lie within a range. What the other gaps come to is the
-- day's total less those, so each day has totals: forward = 1 and gap = -1 for how many visitor-days have these flags, whatever their gap.
CREATE TABLE visitor_cells_by_gap (
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,
  forward INTEGER NOT NULL,         -- 0 distance to the visitor's previous active day, 1 to the next one
  gap INTEGER NOT NULL,             -- days; 0 = none; -1 = all of them
  kind INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  store INTEGER NOT NULL,
  known INTEGER NOT NULL,
  engagement INTEGER NOT NULL,
  predecessor INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, forward, gap, kind, kiosk, store, known, engagement, predecessor)
) STRICT, WITHOUT ROWID;

INSERT INTO visitor_cells_by_gap (site, day, forward, gap, kind, kiosk, store, known, engagement, predecessor, n)
SELECT site, day, forward, gap, kind, kiosk, store, known, engagement, predecessor, n FROM visitor_cells WHERE n <> 0;
INSERT INTO visitor_cells_by_gap (site, day, forward, gap, kind, kiosk, store, known, engagement, predecessor, n)
SELECT site, day, 1, -1, kind, kiosk, store, known, engagement, predecessor, sum(n) FROM visitor_cells WHERE forward = 1
GROUP BY 1, 2, 5, 6, 7, 8, 9, 10;

DROP TABLE visitor_cells;
ALTER TABLE visitor_cells_by_gap RENAME TO visitor_cells;
