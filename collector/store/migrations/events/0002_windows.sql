-- Windows: what is derived from facts, and may always be derived again (until sealed).

-- How far a site's windows are closed. All instants are UTC starts of site-local hours or days.
CREATE TABLE closings (
  site INTEGER NOT NULL PRIMARY KEY,
  closed_before INTEGER NOT NULL,   -- hours that begin before this instant have their totals
  detail_before INTEGER NOT NULL,   -- the same for every other dimension and for visitors: closed in larger pieces
  days_before INTEGER NOT NULL,     -- days that begin before this instant are closed as days
  closed_at INTEGER NOT NULL,       -- when the last window was closed: what arrived later with an earlier time was not known then
  sealed_before INTEGER NOT NULL,   -- never recomputed: the facts are purged
  version INTEGER NOT NULL          -- moves with every change of a rollup, for caches
) STRICT, WITHOUT ROWID;

-- Ranges of closed time whose facts changed since they were computed.
CREATE TABLE dirty (
  site INTEGER NOT NULL,
  start INTEGER NOT NULL,           -- quarter of an hour, UTC
  until INTEGER NOT NULL,
  PRIMARY KEY (site, start)
) STRICT, WITHOUT ROWID;

-- One row per site, dimension, window and value. Additive metrics only; visitors are below.
CREATE TABLE rollups (
  site INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  grain INTEGER NOT NULL,           -- 0 hour, 1 day
  start INTEGER NOT NULL,
  value INTEGER NOT NULL,
  pageviews INTEGER NOT NULL,
  timed INTEGER NOT NULL,           -- pageviews with a measured time
  active_ms INTEGER NOT NULL,
  scrolled INTEGER NOT NULL,        -- pageviews with a measured scroll depth
  scroll INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  visit_pageviews INTEGER NOT NULL,
  visit_active_ms INTEGER NOT NULL,
  engaged_visits INTEGER NOT NULL,
  known_visits INTEGER NOT NULL,
  opt_in_visits INTEGER NOT NULL,
  opt_ins INTEGER NOT NULL,
  opt_ins_confirmed INTEGER NOT NULL,
  events INTEGER NOT NULL,
  exposures INTEGER NOT NULL,
  PRIMARY KEY (site, dimension, grain, start, value)
) STRICT, WITHOUT ROWID;

-- One row per visitor and site-local day with facts in closed windows. Days are numbered in the site's calendar.
CREATE TABLE visitor_days (
  site INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  day INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  store INTEGER NOT NULL,
  known INTEGER NOT NULL,           -- at the end of the day
  engagement INTEGER NOT NULL,      -- 1 = was in engagement mode on that day
  PRIMARY KEY (site, visitor, day)
) STRICT, WITHOUT ROWID;

-- Gap cells: how many visitor-days have which distance to the visitor's previous (forward = 0) or next (forward = 1) active
-- day; 0 = none. They give exact distinct, known and recurring visitors of any range without reading visitors.
CREATE TABLE visitor_cells (
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,
  forward INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  store INTEGER NOT NULL,
  known INTEGER NOT NULL,
  engagement INTEGER NOT NULL,
  predecessor INTEGER NOT NULL,
  gap INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, forward, kind, kiosk, store, known, engagement, predecessor, gap)
) STRICT, WITHOUT ROWID;

-- Hits that were not counted, by reason. Diagnostics: flushed by each isolate at most once a minute, "about" on screen.
CREATE TABLE refusals (
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,             -- site-local day number
  reason TEXT NOT NULL,
  hits INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (site, day, reason)
) STRICT, WITHOUT ROWID;

-- Batches that could not be committed, with the reason; replayed by hand or by cron. Never an address in here.
CREATE TABLE parked (
  id TEXT NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,
  replayed_at INTEGER
) STRICT;

-- The secret of a site's day for visitors without storage; deleted when the day is over.
CREATE TABLE salts (
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,
  salt TEXT NOT NULL,
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

-- Who does a scheduled job now; a lease that has run out may be taken.
CREATE TABLE leases (
  job TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
