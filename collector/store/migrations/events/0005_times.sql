-- Histograms of active times beside the sums of a rollup, for medians and p75 (store/times.ts has the notation). Windows that were
-- closed before have none, so the quantiles of a range with them are not measured; those whose facts are still there are computed
-- again: marked dirty day by day.
ALTER TABLE rollups ADD COLUMN times TEXT NOT NULL DEFAULT '';

INSERT INTO dirty (site, start, until)
WITH RECURSIVE days (site, start, closed_before) AS (
  SELECT site, max(sealed_before, closed_before - 31536000000), closed_before FROM closings
  UNION ALL SELECT site, start + 86400000, closed_before FROM days WHERE start + 86400000 < closed_before
)
SELECT d.site, d.start, min(d.start + 86400000, d.closed_before) FROM days d
WHERE d.start < d.closed_before
  AND EXISTS (SELECT 1 FROM rollups r WHERE r.site = d.site AND r.dimension = 0 AND r.grain = 0 AND r.start >= d.start AND r.start < d.start + 86400000 AND r.timed > 0)
ON CONFLICT (site, start) DO UPDATE SET until = max(until, excluded.until);
