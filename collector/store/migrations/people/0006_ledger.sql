-- The consent ledger and the wordings defend themselves: what must hold whatever a program believes stands here as triggers. By hand
-- (docs/decisions/019); drizzle has no triggers, and its snapshots are not touched.

-- Wordings never change. Used once, they stay.
ALTER TABLE `wordings` ADD `retired_at` integer;--> statement-breakpoint
ALTER TABLE `wordings` ADD `used_at` integer;--> statement-breakpoint
ALTER TABLE `wordings` ADD `privacy_sha256` text;--> statement-breakpoint
UPDATE `wordings` SET `used_at` = (SELECT min(o.`received_at`) FROM `opt_ins` o WHERE o.`site` = `wordings`.`site` AND o.`wording` = `wordings`.`id`);--> statement-breakpoint
CREATE TRIGGER `wordings_stand` BEFORE UPDATE ON `wordings`
WHEN NEW.site IS NOT OLD.site OR NEW.id IS NOT OLD.id OR NEW.language IS NOT OLD.language OR NEW.title IS NOT OLD.title OR NEW.boxes IS NOT OLD.boxes
  OR NEW.note IS NOT OLD.note OR NEW.privacy_url IS NOT OLD.privacy_url OR NEW.sha256 IS NOT OLD.sha256 OR NEW.created_at IS NOT OLD.created_at
  OR (OLD.used_at IS NOT NULL AND NEW.used_at IS NOT OLD.used_at) OR (OLD.privacy_sha256 IS NOT NULL AND NEW.privacy_sha256 IS NOT OLD.privacy_sha256)
BEGIN
  SELECT RAISE(ABORT, 'a wording never changes');
END;--> statement-breakpoint
CREATE TRIGGER `wordings_stay` BEFORE DELETE ON `wordings`
WHEN OLD.used_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a used wording stays');
END;--> statement-breakpoint
CREATE TRIGGER `wordings_used` AFTER INSERT ON `opt_ins`
BEGIN
  UPDATE wordings SET used_at = NEW.received_at WHERE site = NEW.site AND id = NEW.wording AND used_at IS NULL;
END;--> statement-breakpoint
CREATE INDEX `opt_ins_wording` ON `opt_ins` (`site`,`wording`,`received_at`);--> statement-breakpoint

-- One row per purpose; the hash of the detail instead of the detail, so that an erasure can take the detail and leave the chain.
ALTER TABLE `ledger` ADD `purpose` text DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE `ledger` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `ledger` ADD `detail_sha256` text DEFAULT '' NOT NULL;--> statement-breakpoint
DROP INDEX `ledger_once`;--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_once` ON `ledger` (`site`,`opt_in`,`purpose`,`kind`);--> statement-breakpoint
CREATE INDEX `ledger_at` ON `ledger` (`site`,`at`);--> statement-breakpoint
CREATE TRIGGER `ledger_next` BEFORE INSERT ON `ledger`
WHEN NEW.sequence <> coalesce((SELECT max(sequence) FROM ledger WHERE person = NEW.person), 0) + 1
  OR NEW.previous_hash <> coalesce((SELECT row_hash FROM ledger WHERE person = NEW.person ORDER BY sequence DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: the next place of the ledger is taken');
END;--> statement-breakpoint
CREATE TRIGGER `ledger_lawful` BEFORE INSERT ON `ledger`
WHEN (NEW.kind NOT IN ('submitted', 'erased') AND NOT EXISTS (SELECT 1 FROM ledger WHERE site = NEW.site AND opt_in = NEW.opt_in AND (purpose = NEW.purpose OR 'all' IN (purpose, NEW.purpose)) AND kind = 'submitted'))
  OR (NEW.kind IN ('pending', 'confirmed') AND EXISTS (SELECT 1 FROM ledger WHERE site = NEW.site AND opt_in = NEW.opt_in AND purpose IN (NEW.purpose, 'all') AND kind IN ('withdrawn', 'bounced', 'complained', 'erased')))
  OR (NEW.kind = 'pending' AND EXISTS (SELECT 1 FROM ledger WHERE site = NEW.site AND opt_in = NEW.opt_in AND purpose IN (NEW.purpose, 'all') AND kind = 'confirmed'))
BEGIN
  SELECT RAISE(ABORT, 'this cannot follow in the ledger');
END;--> statement-breakpoint
CREATE TRIGGER `ledger_stays` BEFORE DELETE ON `ledger`
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;--> statement-breakpoint
-- The one change: the detail and the opt-in's id of a person who was erased. The chain goes on without them.
CREATE TRIGGER `ledger_stands` BEFORE UPDATE ON `ledger`
WHEN NEW.person IS NOT OLD.person OR NEW.sequence IS NOT OLD.sequence OR NEW.site IS NOT OLD.site OR NEW.purpose IS NOT OLD.purpose OR NEW.kind IS NOT OLD.kind
  OR NEW.at IS NOT OLD.at OR NEW.version IS NOT OLD.version OR NEW.detail_sha256 IS NOT OLD.detail_sha256 OR NEW.previous_hash IS NOT OLD.previous_hash
  OR NEW.row_hash IS NOT OLD.row_hash OR NEW.detail IS NOT '' OR NEW.opt_in IS NOT 'erased ' || OLD.person || ' ' || OLD.sequence
  OR NOT EXISTS (SELECT 1 FROM ledger WHERE person = OLD.person AND kind = 'erased')
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;--> statement-breakpoint

-- The heads of a day's chains, as one signed number: the root of their hash tree (docs/decisions/019). The leaves lie in R2.
CREATE TABLE `ledger_digests` (
	`site` integer NOT NULL,
	`day` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`heads` integer NOT NULL,
	`root` text NOT NULL,
	`previous` text NOT NULL,
	`sha256` text NOT NULL,
	`signature` text NOT NULL,
	`public_key` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`site`, `day`),
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER `ledger_digests_stand` BEFORE UPDATE ON `ledger_digests`
BEGIN
  SELECT RAISE(ABORT, 'a digest never changes');
END;--> statement-breakpoint
CREATE TRIGGER `ledger_digests_stay` BEFORE DELETE ON `ledger_digests`
BEGIN
  SELECT RAISE(ABORT, 'a digest never changes');
END;--> statement-breakpoint

-- Mailed links to one's own data: only hashes. Opened once, one becomes a short visit.
CREATE TABLE `my_data_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`person` text NOT NULL,
	`made_at` integer NOT NULL,
	`used_at` integer,
	`visit_hash` text,
	`visit_until` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `my_data_links_visit` ON `my_data_links` (`visit_hash`);--> statement-breakpoint
CREATE INDEX `my_data_links_person` ON `my_data_links` (`person`);--> statement-breakpoint

-- Erasures that are not through yet: what is still to be removed from facts and files. Emptied when they are done.
CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`state` text NOT NULL,
	`work` text NOT NULL,
	`cursor` text DEFAULT '' NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `erasures_open` ON `erasures` (`at`) WHERE done_at IS NULL;--> statement-breakpoint
-- Who was erased, as keyed hashes only: what they sent before and arrives later is not taken.
CREATE TABLE `erased_subjects` (
	`site` integer NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`site`, `subject`)
);
