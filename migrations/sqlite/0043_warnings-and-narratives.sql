ALTER TABLE `announcements` ADD `life` text DEFAULT 'alert' NOT NULL;--> statement-breakpoint
ALTER TABLE `announcements` ADD `follows` integer;--> statement-breakpoint
ALTER TABLE `announcements` ADD `event` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `onset` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `level` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `certainty` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `area` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `effective` integer;--> statement-breakpoint
ALTER TABLE `announcements` ADD `expires` integer;--> statement-breakpoint
ALTER TABLE `announcements` ADD `instruction` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `exercise` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `announcements_follows` ON `announcements` (`forum_id`,`follows`);--> statement-breakpoint
ALTER TABLE `goals` ADD `sector` text;--> statement-breakpoint
ALTER TABLE `goals` ADD `narrative` text;