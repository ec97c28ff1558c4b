CREATE TABLE `kiosk_alerts` (
	`id` integer PRIMARY KEY NOT NULL,
	`kiosk` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	FOREIGN KEY (`kiosk`) REFERENCES `kiosks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_alerts_kiosk` ON `kiosk_alerts` (`kiosk`,`at`);--> statement-breakpoint
CREATE TABLE `kiosk_keys` (
	`device` text PRIMARY KEY NOT NULL,
	`kiosk` integer NOT NULL,
	`public_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`replaced_at` integer,
	`last_sequence` integer DEFAULT 0 NOT NULL,
	`boot` text,
	`conflicts` integer DEFAULT 0 NOT NULL,
	`conflict_at` integer,
	FOREIGN KEY (`kiosk`) REFERENCES `kiosks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_keys_kiosk` ON `kiosk_keys` (`kiosk`);--> statement-breakpoint
CREATE TABLE `kiosk_quarantine` (
	`id` text PRIMARY KEY NOT NULL,
	`kiosk` integer NOT NULL,
	`device` text NOT NULL,
	`received_at` integer NOT NULL,
	`sealed` text NOT NULL,
	`released_at` integer,
	FOREIGN KEY (`kiosk`) REFERENCES `kiosks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_quarantine_kiosk` ON `kiosk_quarantine` (`kiosk`);--> statement-breakpoint
CREATE TABLE `kiosk_secrets` (
	`hash` text PRIMARY KEY NOT NULL,
	`kiosk` integer NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`kiosk`) REFERENCES `kiosks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_secrets_kiosk` ON `kiosk_secrets` (`kiosk`);--> statement-breakpoint
ALTER TABLE `kiosks` ADD `settings` text;--> statement-breakpoint
ALTER TABLE `kiosks` ADD `health` text;--> statement-breakpoint
ALTER TABLE `kiosks` ADD `health_at` integer;--> statement-breakpoint
ALTER TABLE `kiosks` ADD `skew_ms` integer;--> statement-breakpoint
ALTER TABLE `kiosks` ADD `cloned_at` integer;--> statement-breakpoint
ALTER TABLE `kiosks` ADD `offline_since` integer;--> statement-breakpoint
ALTER TABLE `stores` ADD `settings` text;--> statement-breakpoint
INSERT INTO `kiosk_keys` (`device`, `kiosk`, `public_key`, `created_at`) SELECT `device`, `id`, `public_key`, coalesce(`enrolled_at`, `created_at`) FROM `kiosks` WHERE `device` IS NOT NULL AND `public_key` IS NOT NULL;
