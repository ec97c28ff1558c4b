-- Facts: rows that arrived. Ids come from the sender: 48 bits of ms (born) and 48 random bits (rand), so that the clustered
-- key is in time order and needs no second index. Integers and 53-bit hashes only; texts are in the dictionaries below.
CREATE TABLE pageviews (
  site INTEGER NOT NULL,
  born INTEGER NOT NULL,
  rand INTEGER NOT NULL,
  at INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  kind INTEGER NOT NULL,          -- of visitor id: 0 persistent web, 1 web of one day, 2 kiosk visit
  store INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  mode INTEGER NOT NULL,          -- 0 audience, 1 engagement
  page INTEGER NOT NULL,
  origin INTEGER NOT NULL,        -- 0 = no referrer and no campaign
  place INTEGER NOT NULL,
  device INTEGER NOT NULL,
  browser INTEGER NOT NULL,
  os INTEGER NOT NULL,
  language INTEGER NOT NULL,
  flags INTEGER NOT NULL,         -- 1 clock known wrong, 2 framed
  active_ms INTEGER,              -- NULL = not measured
  foreground_ms INTEGER,
  scroll INTEGER,
  PRIMARY KEY (site, born, rand)
) STRICT, WITHOUT ROWID;
-- Rows whose corrected time is far from their id's time; all others are found by the clustered key.
CREATE INDEX pageviews_far ON pageviews (site, at) WHERE abs(at - born) > 900000;

CREATE TABLE events (
  site INTEGER NOT NULL,
  born INTEGER NOT NULL,
  rand INTEGER NOT NULL,
  at INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  store INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  page INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  name INTEGER NOT NULL,
  props TEXT,
  PRIMARY KEY (site, born, rand)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_far ON events (site, at) WHERE abs(at - born) > 900000;

-- The addressless half of an opt-in; the address and the ledger are in PEOPLE under the same id.
CREATE TABLE opt_ins (
  site INTEGER NOT NULL,
  born INTEGER NOT NULL,
  rand INTEGER NOT NULL,
  at INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  store INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  page INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  confirmed_at INTEGER,
  ended_at INTEGER,               -- withdrawn or erased
  PRIMARY KEY (site, born, rand)
) STRICT, WITHOUT ROWID;
CREATE INDEX opt_ins_far ON opt_ins (site, at) WHERE abs(at - born) > 900000;
CREATE INDEX opt_ins_visitor ON opt_ins (site, visitor);

-- Acts that name a person: identify (1) and the opening of an e-mail link (2). Who it is, is in PEOPLE.
CREATE TABLE identifications (
  site INTEGER NOT NULL,
  born INTEGER NOT NULL,
  rand INTEGER NOT NULL,
  at INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  store INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  page INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  act INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (site, born, rand)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifications_far ON identifications (site, at) WHERE abs(at - born) > 900000;
CREATE INDEX identifications_visitor ON identifications (site, visitor);

-- A kiosk visit as the kiosk reports it, cumulative. Its visitor key is that of all its facts.
CREATE TABLE kiosk_visits (
  site INTEGER NOT NULL,
  born INTEGER NOT NULL,
  rand INTEGER NOT NULL,
  at INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  store INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  page INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  touches INTEGER NOT NULL,
  length_ms INTEGER NOT NULL,
  ended INTEGER NOT NULL,         -- 0 not yet, 1 idle, 2 reset, 3 done
  PRIMARY KEY (site, born, rand)
) STRICT, WITHOUT ROWID;
CREATE INDEX kiosk_visits_far ON kiosk_visits (site, at) WHERE abs(at - born) > 900000;

-- A kiosk screen shown with nobody touching it: reach. No visit, pageview or score reads this table.
CREATE TABLE exposures (
  site INTEGER NOT NULL,
  born INTEGER NOT NULL,
  rand INTEGER NOT NULL,
  at INTEGER NOT NULL,
  store INTEGER NOT NULL,
  kiosk INTEGER NOT NULL,
  page INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  shown_ms INTEGER,
  PRIMARY KEY (site, born, rand)
) STRICT, WITHOUT ROWID;
CREATE INDEX exposures_far ON exposures (site, at) WHERE abs(at - born) > 900000;

-- Dictionaries: 53-bit hash of the text -> text, per site, written when an isolate has not seen the hash.
CREATE TABLE pages (
  site INTEGER NOT NULL, hash INTEGER NOT NULL, host TEXT NOT NULL, path TEXT NOT NULL, page_group TEXT,
  PRIMARY KEY (site, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE origins (
  site INTEGER NOT NULL, hash INTEGER NOT NULL, referrer TEXT, source TEXT NOT NULL, channel TEXT NOT NULL,
  utm_source TEXT, utm_medium TEXT, utm_campaign TEXT, utm_content TEXT, utm_term TEXT,
  PRIMARY KEY (site, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE places (
  site INTEGER NOT NULL, hash INTEGER NOT NULL, country TEXT, region TEXT, city TEXT,
  PRIMARY KEY (site, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE names (
  site INTEGER NOT NULL, hash INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (site, hash)
) STRICT, WITHOUT ROWID;
