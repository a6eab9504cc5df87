CREATE TABLE `alert_feeds` (
	`address` text PRIMARY KEY NOT NULL,
	`next_at` integer NOT NULL,
	`well_at` integer,
	`failures` integer NOT NULL,
	`fault` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `alert_offers` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`sender` text NOT NULL,
	`identifier` text NOT NULL,
	`sent` integer NOT NULL,
	`alert` text NOT NULL,
	`life` text NOT NULL,
	`follows` integer,
	`state` text NOT NULL,
	`offered_at` integer NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	`announcement` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`decided_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_offers_once` ON `alert_offers` (`forum_id`,`sender`,`identifier`,`sent`);--> statement-breakpoint
ALTER TABLE `announcements` ADD `shapes` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `source` text;