-- A sealed day stands, and so do its facts, as long as they are there: a later state of one is refused and counted like a fact that is new. It
-- was taken before, and sent its day to the history again: with another state than the one that was counted, or without what was purged.
-- The day of a fact is that of the stored row; another corrected time moves nothing.

DROP TRIGGER pageviews_late;
CREATE TRIGGER pageviews_late BEFORE INSERT ON pageviews
WHEN NEW.at < (SELECT settled_before + 86400000 FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM pageviews WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM pageviews WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= coalesce((SELECT at FROM pageviews WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at) AND until > coalesce((SELECT at FROM pageviews WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
END;

DROP TRIGGER events_late;
CREATE TRIGGER events_late BEFORE INSERT ON events
WHEN NEW.at < (SELECT settled_before + 86400000 FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM events WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM events WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= coalesce((SELECT at FROM events WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at) AND until > coalesce((SELECT at FROM events WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
END;

DROP TRIGGER opt_ins_late;
CREATE TRIGGER opt_ins_late BEFORE INSERT ON opt_ins
WHEN NEW.at < (SELECT settled_before + 86400000 FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM opt_ins WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM opt_ins WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= coalesce((SELECT at FROM opt_ins WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at) AND until > coalesce((SELECT at FROM opt_ins WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
END;

DROP TRIGGER identifications_late;
CREATE TRIGGER identifications_late BEFORE INSERT ON identifications
WHEN NEW.at < (SELECT settled_before + 86400000 FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM identifications WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM identifications WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= coalesce((SELECT at FROM identifications WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at) AND until > coalesce((SELECT at FROM identifications WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
END;

DROP TRIGGER kiosk_visits_late;
CREATE TRIGGER kiosk_visits_late BEFORE INSERT ON kiosk_visits
WHEN NEW.at < (SELECT settled_before + 86400000 FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM kiosk_visits WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM kiosk_visits WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= coalesce((SELECT at FROM kiosk_visits WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at) AND until > coalesce((SELECT at FROM kiosk_visits WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
END;

DROP TRIGGER exposures_late;
CREATE TRIGGER exposures_late BEFORE INSERT ON exposures
WHEN NEW.at < (SELECT settled_before + 86400000 FROM closings WHERE site = NEW.site)
BEGIN
  UPDATE closings SET late_refused = late_refused + 1 WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM exposures WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  SELECT RAISE(IGNORE) FROM closings WHERE site = NEW.site AND sealed_before > coalesce((SELECT at FROM exposures WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
  UPDATE exports SET late = late + 1 WHERE site = NEW.site AND start <= coalesce((SELECT at FROM exposures WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at) AND until > coalesce((SELECT at FROM exposures WHERE site = NEW.site AND born = NEW.born AND rand = NEW.rand), NEW.at);
END;
