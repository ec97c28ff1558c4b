CREATE TABLE `outlets` (
	`id` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`types` text NOT NULL,
	`settings` text NOT NULL,
	`sealed` text NOT NULL,
	`old_sealed` text,
	`old_until` integer,
	`created_by` text,
	`created_at` integer NOT NULL,
	`paused_at` integer,
	`ended_at` integer,
	`ended_why` text,
	`rest_until` integer,
	`worked_at` integer,
	FOREIGN KEY (`site`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `outlets_site` ON `outlets` (`site`);--> statement-breakpoint
CREATE TABLE `announcements` (
	`id` text PRIMARY KEY NOT NULL,
	`site` integer NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `announcements_at` ON `announcements` (`at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`announcement` text NOT NULL,
	`outlet` text NOT NULL,
	`at` integer NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	`claimed_until` integer
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`outlet`,`next_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `deliveries_outlet` ON `deliveries` (`outlet`,`at`);--> statement-breakpoint
CREATE INDEX `deliveries_announcement` ON `deliveries` (`announcement`);--> statement-breakpoint
CREATE TABLE `delivery_attempts` (
	`delivery` text NOT NULL,
	`at` integer NOT NULL,
	`status` integer,
	`duration_ms` integer NOT NULL,
	`outcome` text NOT NULL,
	`answer` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `delivery_attempts_delivery` ON `delivery_attempts` (`delivery`,`at`);--> statement-breakpoint
CREATE TABLE `outlet_contacts` (
	`outlet` text NOT NULL,
	`person` text NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`outlet`, `person`)
);
