-- Only days, and pieces of a busy open day, are windows; what came later is read from facts (docs/decisions/013). closed_before says
-- up to which hour rounds have come. Rounds no longer write totals of open hours: those that are there are written again with their day.
ALTER TABLE closings ADD COLUMN open_facts INTEGER NOT NULL DEFAULT 0;    -- facts from detail_before to closed_before
ALTER TABLE closings ADD COLUMN day_reach INTEGER NOT NULL DEFAULT 0;     -- until then visits may go on that began before days_before
ALTER TABLE closings ADD COLUMN detail_reach INTEGER NOT NULL DEFAULT 0;  -- the same for detail_before
UPDATE closings SET day_reach = days_before + 86400000, detail_reach = detail_before + 86400000;
