-- How far a digest covers the ledger, in the order in which it was written: what a kiosk brought may say an earlier time.
ALTER TABLE `ledger_digests` ADD `last_row` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- The rule of people/ledger-chain.ts, word for word: an act follows on what was written last of the same purpose of the opt-in.
DROP TRIGGER `ledger_lawful`;--> statement-breakpoint
CREATE TRIGGER `ledger_lawful` BEFORE INSERT ON `ledger`
WHEN NOT coalesce((
  WITH state (kind) AS (SELECT (
    SELECT kind FROM ledger WHERE site = NEW.site AND opt_in = NEW.opt_in AND (purpose = NEW.purpose OR 'all' IN (purpose, NEW.purpose)) ORDER BY sequence DESC LIMIT 1
  ))
  SELECT CASE NEW.kind
    WHEN 'submitted' THEN kind IS NULL
    WHEN 'pending' THEN kind = 'submitted'
    WHEN 'confirmed' THEN kind IN ('submitted', 'pending')
    WHEN 'withdrawn' THEN kind IN ('submitted', 'pending', 'confirmed', 'bounced', 'complained')
    WHEN 'bounced' THEN kind IN ('submitted', 'pending', 'confirmed', 'withdrawn', 'complained')
    WHEN 'complained' THEN kind IN ('submitted', 'pending', 'confirmed', 'withdrawn', 'bounced')
    WHEN 'erased' THEN kind IS NOT 'erased'
  END FROM state
), 0)
BEGIN
  SELECT RAISE(ABORT, 'this cannot follow in the ledger');
END;
