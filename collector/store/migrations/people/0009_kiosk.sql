-- When a kiosk was first in service: its key changes, and a wiped one is enrolled every morning.
ALTER TABLE `kiosks` ADD `first_enrolled_at` integer;--> statement-breakpoint
UPDATE `kiosks` SET `first_enrolled_at` = coalesce((SELECT min(`created_at`) FROM `kiosk_keys` WHERE `kiosk` = `kiosks`.`id`), `enrolled_at`);--> statement-breakpoint
-- Where the page of a store's kiosks is: the enrolment code is shown as its address.
ALTER TABLE `stores` ADD `page` text;
