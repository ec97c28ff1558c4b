CREATE TABLE `__new_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
INSERT INTO `__new_tokens`("id", "hash", "name", "scopes", "created_at", "last_used_at", "revoked_at") SELECT lower(hex(randomblob(8))), "hash", "name", "scopes", "created_at", "last_used_at", "revoked_at" FROM `tokens`;--> statement-breakpoint
ALTER TABLE `tokens` RENAME TO `__old_tokens`;--> statement-breakpoint
ALTER TABLE `__new_tokens` RENAME TO `tokens`;--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash_unique` ON `tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `token_sites` (
	`token` text NOT NULL,
	`site` integer NOT NULL,
	PRIMARY KEY(`token`, `site`),
	FOREIGN KEY (`token`) REFERENCES `tokens`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `token_sites_site` ON `token_sites` (`site`);--> statement-breakpoint
INSERT INTO `token_sites`("token", "site") SELECT n."id", o."site" FROM `tokens` n JOIN `__old_tokens` o ON o."hash" = n."hash";--> statement-breakpoint
DROP TABLE `__old_tokens`;
