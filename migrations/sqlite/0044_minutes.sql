CREATE TABLE `minutes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`activity` integer NOT NULL,
	`line` integer NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`written_by` integer NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`forum_id`,`written_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `minutes_of` ON `minutes` (`forum_id`,`activity`,`line`);--> statement-breakpoint
ALTER TABLE `activities` ADD `agenda` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `minutes_until` integer;