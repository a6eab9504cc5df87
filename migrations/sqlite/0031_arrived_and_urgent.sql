ALTER TABLE `deliveries` ADD `urgent` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_urgent` ON `deliveries` (`platform`,`next_at`) WHERE next_at is not null and urgent;--> statement-breakpoint
ALTER TABLE `members` ADD `arrived` integer DEFAULT true NOT NULL;