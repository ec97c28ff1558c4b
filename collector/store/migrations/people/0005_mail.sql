ALTER TABLE `opt_ins` ADD `held_for` text;--> statement-breakpoint
ALTER TABLE `opt_ins` ADD `asked_at` integer;--> statement-breakpoint
ALTER TABLE `opt_ins` ADD `confirmed_by` text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE `opt_ins` ADD `link_withdrawn_at` integer;--> statement-breakpoint
CREATE INDEX `opt_ins_waiting` ON `opt_ins` (`received_at`) WHERE state IN ('pending', 'held');--> statement-breakpoint
CREATE INDEX `persons_unconfirmed` ON `persons` (`created_at`) WHERE confirmed_at IS NULL AND address_sealed IS NOT NULL;--> statement-breakpoint
CREATE INDEX `opt_ins_held` ON `opt_ins` (`site`,`received_at`) WHERE state = 'held';--> statement-breakpoint
UPDATE `opt_ins` SET `held_for` = 'late' WHERE `state` = 'held';--> statement-breakpoint
ALTER TABLE `mails` ADD `due_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `zone` text;--> statement-breakpoint
ALTER TABLE `mails` ADD `unknown_at` integer;--> statement-breakpoint
ALTER TABLE `mails` ADD `failed_at` integer;--> statement-breakpoint
ALTER TABLE `mails` ADD `failure` text;--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`due_at`) WHERE sent_at IS NULL AND failed_at IS NULL;--> statement-breakpoint
CREATE INDEX `mails_site` ON `mails` (`site`,`created_at`);--> statement-breakpoint
ALTER TABLE `local_mails` ADD `sender` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `local_mails` ADD `headers` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE TABLE `mail_settings` (
	`site` integer PRIMARY KEY NOT NULL,
	`confirmed_by` text DEFAULT 'mail' NOT NULL,
	`hourly` integer,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `mailed_addresses` (
	`site` integer NOT NULL,
	`address_index` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`site`, `address_index`)
);
--> statement-breakpoint
CREATE TABLE `mail_quotas` (
	`site` integer NOT NULL,
	`what` text NOT NULL,
	`subject` integer NOT NULL,
	`slot` integer NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`site`, `what`, `subject`, `slot`)
);
