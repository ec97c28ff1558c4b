CREATE TABLE `storage` (
	`database` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`measured_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `sites` ADD `events` text DEFAULT 'EVENTS' NOT NULL;--> statement-breakpoint
ALTER TABLE `sites` ADD `moving_to` text;--> statement-breakpoint
ALTER TABLE `sites` ADD `raw_days` integer;