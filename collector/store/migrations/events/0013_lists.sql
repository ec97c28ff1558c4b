-- Rollups by event and by known (docs/decisions/028): windows that begin before `lists_from` have none. NULL: closed by an earlier
-- version, which wrote none; cron notes how far that goes, then gives the days before theirs, as far as their facts are there.
ALTER TABLE closings ADD COLUMN lists_from INTEGER;
