-- What strangers have used of what they may: late hits and opt-ins per address prefix (a salted hash), messages per site and day.
-- Increments, like refusals: a diagnostic and a limit, never a figure of a report.
CREATE TABLE quotas (
  site INTEGER NOT NULL,
  what TEXT NOT NULL,
  slot INTEGER NOT NULL,
  prefix INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  PRIMARY KEY (site, what, slot, prefix)
) STRICT, WITHOUT ROWID;
