CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `account_user` ON `account` (`user_id`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`site` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`person` text,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `enrolment_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`kiosk` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`kiosk`) REFERENCES `kiosks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`site` integer NOT NULL,
	`space` text NOT NULL,
	`hash` text NOT NULL,
	`person` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`site`, `space`, `hash`),
	FOREIGN KEY (`person`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `kiosks` (
	`id` integer PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`store` integer NOT NULL,
	`name` text NOT NULL,
	`device` text,
	`public_key` text,
	`enrolled_at` integer,
	`last_seen_at` integer,
	`tag_version` text,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`store`) REFERENCES `stores`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kiosks_device_unique` ON `kiosks` (`device`);--> statement-breakpoint
CREATE INDEX `kiosks_site` ON `kiosks` (`site`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`person` text NOT NULL,
	`sequence` integer NOT NULL,
	`site` integer NOT NULL,
	`opt_in` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`row_hash` text NOT NULL,
	PRIMARY KEY(`person`, `sequence`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_once` ON `ledger` (`site`,`opt_in`,`kind`);--> statement-breakpoint
CREATE TABLE `links` (
	`site` integer NOT NULL,
	`visitor` integer NOT NULL,
	`person` text NOT NULL,
	`via` text NOT NULL,
	`since_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`site`, `visitor`, `person`, `via`),
	FOREIGN KEY (`person`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `links_person` ON `links` (`person`);--> statement-breakpoint
CREATE TABLE `local_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`at` integer NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`language` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`claimed_at` integer,
	`sent_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mails_person` ON `mails` (`person`,`created_at`);--> statement-breakpoint
CREATE TABLE `members` (
	`user_id` text NOT NULL,
	`site` integer NOT NULL,
	`role` text NOT NULL,
	`store` integer,
	PRIMARY KEY(`user_id`, `site`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `opt_ins` (
	`site` integer NOT NULL,
	`id` text NOT NULL,
	`person` text NOT NULL,
	`wording` text NOT NULL,
	`wording_sha256` text NOT NULL,
	`language` text NOT NULL,
	`boxes` text NOT NULL,
	`touchpoint` text NOT NULL,
	`store` integer NOT NULL,
	`kiosk` integer NOT NULL,
	`visitor` integer NOT NULL,
	`host` text NOT NULL,
	`path` text NOT NULL,
	`tag_version` text,
	`captured_raw_at` integer NOT NULL,
	`captured_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`confirm_token_hash` text,
	`confirmed_at` integer,
	`withdrawn_at` integer,
	`relay` text,
	PRIMARY KEY(`site`, `id`),
	FOREIGN KEY (`person`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `opt_ins_person` ON `opt_ins` (`person`);--> statement-breakpoint
CREATE UNIQUE INDEX `opt_ins_token` ON `opt_ins` (`confirm_token_hash`);--> statement-breakpoint
CREATE INDEX `opt_ins_relay` ON `opt_ins` (`received_at`) WHERE relay IS NOT NULL;--> statement-breakpoint
CREATE TABLE `persons` (
	`id` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`address_index` text,
	`address_sealed` text,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `persons_address` ON `persons` (`site`,`address_index`);--> statement-breakpoint
CREATE TABLE `login_session` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `login_session_token_unique` ON `login_session` (`token`);--> statement-breakpoint
CREATE INDEX `login_session_user` ON `login_session` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`subject` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sites` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`hosts` text NOT NULL,
	`zone` text NOT NULL,
	`language` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sites_key_unique` ON `sites` (`key`);--> statement-breakpoint
CREATE TABLE `stores` (
	`id` integer PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`name` text NOT NULL,
	`zone` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stores_site` ON `stores` (`site`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`language` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email_unique` ON `user` (`email`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verification_identifier` ON `verification` (`identifier`);--> statement-breakpoint
CREATE TABLE `wordings` (
	`site` integer NOT NULL,
	`id` text NOT NULL,
	`language` text NOT NULL,
	`title` text NOT NULL,
	`boxes` text NOT NULL,
	`note` text NOT NULL,
	`privacy_url` text NOT NULL,
	`sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`site`, `id`),
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
