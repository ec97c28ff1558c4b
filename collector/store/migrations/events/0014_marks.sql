-- What is stored late changes windows that are closed: its time is marked in the writer's own transaction, whoever writes. These were statements
-- of `commit` before (docs/decisions/030).
--
-- The time of a row that is there already is its own: another corrected time moves nothing. Marked is from there to the end of what a visit gap
-- can reach, in quarters of an hour, so that rows of one quarter write one mark. A row that changes nothing marks nothing; an act by which a
-- visitor of the web is known changes every later day of that visitor, too. A row of open time is marked when it is older than the last round and
-- a visit of closed time may go on until then: that window closed without knowing it.

CREATE TRIGGER pageviews_mark BEFORE INSERT ON pageviews
WHEN coalesce((SELECT t.at FROM pageviews t WHERE t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand), NEW.at)
  < (SELECT max(c.detail_before, min(c.closed_at, c.detail_reach)) FROM closings c WHERE c.site = NEW.site)
BEGIN
  INSERT INTO dirty (site, start, until)
  SELECT NEW.site, m.at - m.at % 900000, m.until + 899999 - (m.until + 899999) % 900000 FROM (
    SELECT n.at, n.at + n.reach + 1800000 AS until FROM (
      SELECT coalesce(t.at, NEW.at) AS at, max(coalesce(t.foreground_ms, 0), coalesce(NEW.foreground_ms, 0)) AS reach
      FROM (SELECT 1) LEFT JOIN pageviews t ON t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand
      WHERE t.site IS NULL OR ((t.visitor = NEW.visitor OR t.kind = 1) AND (coalesce(NEW.active_ms, -1) > coalesce(t.active_ms, -1) OR coalesce(NEW.foreground_ms, -1) > coalesce(t.foreground_ms, -1) OR coalesce(NEW.scroll, -1) > coalesce(t.scroll, -1)))
    ) n JOIN closings c ON c.site = NEW.site AND n.at >= c.sealed_before
  ) m WHERE 1
  ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until;
END;

CREATE TRIGGER events_mark BEFORE INSERT ON events
WHEN coalesce((SELECT t.at FROM events t WHERE t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand), NEW.at)
  < (SELECT max(c.detail_before, min(c.closed_at, c.detail_reach)) FROM closings c WHERE c.site = NEW.site)
BEGIN
  INSERT INTO dirty (site, start, until)
  SELECT NEW.site, m.at - m.at % 900000, m.until + 899999 - (m.until + 899999) % 900000 FROM (
    SELECT n.at, n.at + 1800000 AS until FROM (
      SELECT coalesce(t.at, NEW.at) AS at
      FROM (SELECT 1) LEFT JOIN events t ON t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand
      WHERE t.site IS NULL
    ) n JOIN closings c ON c.site = NEW.site AND n.at >= c.sealed_before
  ) m WHERE 1
  ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until;
END;

CREATE TRIGGER opt_ins_mark BEFORE INSERT ON opt_ins
WHEN coalesce((SELECT t.at FROM opt_ins t WHERE t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand), NEW.at)
  < (SELECT max(c.detail_before, min(c.closed_at, c.detail_reach)) FROM closings c WHERE c.site = NEW.site)
BEGIN
  INSERT INTO dirty (site, start, until)
  SELECT NEW.site, m.at - m.at % 900000, m.until + 899999 - (m.until + 899999) % 900000 FROM (
    SELECT n.at, max(n.at + 1800000, CASE WHEN NEW.kind <> 2 THEN c.detail_before ELSE 0 END) AS until FROM (
      SELECT coalesce(t.at, NEW.at) AS at
      FROM (SELECT 1) LEFT JOIN opt_ins t ON t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand
      WHERE t.site IS NULL OR ((t.visitor = NEW.visitor OR t.kind = 1) AND (coalesce(NEW.confirmed_at, -1) > coalesce(t.confirmed_at, -1) OR coalesce(NEW.ended_at, -1) > coalesce(t.ended_at, -1)))
    ) n JOIN closings c ON c.site = NEW.site AND n.at >= c.sealed_before
  ) m WHERE 1
  ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until;
END;

CREATE TRIGGER identifications_mark BEFORE INSERT ON identifications
WHEN coalesce((SELECT t.at FROM identifications t WHERE t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand), NEW.at)
  < (SELECT max(c.detail_before, min(c.closed_at, c.detail_reach)) FROM closings c WHERE c.site = NEW.site)
BEGIN
  INSERT INTO dirty (site, start, until)
  SELECT NEW.site, m.at - m.at % 900000, m.until + 899999 - (m.until + 899999) % 900000 FROM (
    SELECT n.at, max(n.at + 1800000, CASE WHEN NEW.kind <> 2 THEN c.detail_before ELSE 0 END) AS until FROM (
      SELECT coalesce(t.at, NEW.at) AS at
      FROM (SELECT 1) LEFT JOIN identifications t ON t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand
      WHERE t.site IS NULL OR ((t.visitor = NEW.visitor OR t.kind = 1) AND (coalesce(NEW.ended_at, -1) > coalesce(t.ended_at, -1)))
    ) n JOIN closings c ON c.site = NEW.site AND n.at >= c.sealed_before
  ) m WHERE 1
  ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until;
END;

CREATE TRIGGER kiosk_visits_mark BEFORE INSERT ON kiosk_visits
WHEN coalesce((SELECT t.at FROM kiosk_visits t WHERE t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand), NEW.at)
  < (SELECT max(c.detail_before, min(c.closed_at, c.detail_reach)) FROM closings c WHERE c.site = NEW.site)
BEGIN
  INSERT INTO dirty (site, start, until)
  SELECT NEW.site, m.at - m.at % 900000, m.until + 899999 - (m.until + 899999) % 900000 FROM (
    SELECT n.at, n.at + 1800000 AS until FROM (
      SELECT coalesce(t.at, NEW.at) AS at
      FROM (SELECT 1) LEFT JOIN kiosk_visits t ON t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand
      WHERE t.site IS NULL OR ((t.visitor = NEW.visitor OR t.kind = 1) AND (coalesce(NEW.touches, -1) > coalesce(t.touches, -1) OR coalesce(NEW.length_ms, -1) > coalesce(t.length_ms, -1) OR coalesce(NEW.ended, -1) > coalesce(t.ended, -1)))
    ) n JOIN closings c ON c.site = NEW.site AND n.at >= c.sealed_before
  ) m WHERE 1
  ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until;
END;

CREATE TRIGGER exposures_mark BEFORE INSERT ON exposures
WHEN coalesce((SELECT t.at FROM exposures t WHERE t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand), NEW.at)
  < (SELECT max(c.detail_before, min(c.closed_at, c.detail_reach)) FROM closings c WHERE c.site = NEW.site)
BEGIN
  INSERT INTO dirty (site, start, until)
  SELECT NEW.site, m.at - m.at % 900000, m.until + 899999 - (m.until + 899999) % 900000 FROM (
    SELECT n.at, n.at + 1800000 AS until FROM (
      SELECT coalesce(t.at, NEW.at) AS at
      FROM (SELECT 1) LEFT JOIN exposures t ON t.site = NEW.site AND t.born = NEW.born AND t.rand = NEW.rand
      WHERE t.site IS NULL OR ((coalesce(NEW.shown_ms, -1) > coalesce(t.shown_ms, -1)))
    ) n JOIN closings c ON c.site = NEW.site AND n.at >= c.sealed_before
  ) m WHERE 1
  ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until;
END;
