ALTER TABLE `accounts` ADD `refusals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `indicators` ADD `baseline_source` text;--> statement-breakpoint
ALTER TABLE `indicators` ADD `definition` text;--> statement-breakpoint
ALTER TABLE `indicators` ADD `needs_proof` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `indicators` ADD `scale` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `indicator` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `quiet_from` text;--> statement-breakpoint
ALTER TABLE `members` ADD `quiet_to` text;--> statement-breakpoint
CREATE INDEX `deliveries_member` ON `deliveries` (`forum_id`,`member`,`topic`) WHERE member is not null;