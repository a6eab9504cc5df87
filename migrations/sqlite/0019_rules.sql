ALTER TABLE `strategies` ADD `review_reason` text;--> statement-breakpoint
ALTER TABLE `strategies` ADD `reviewed_by` integer;--> statement-breakpoint
ALTER TABLE `strategies` ADD `reviewed_at` integer;--> statement-breakpoint
ALTER TABLE `strategies` ADD `ends` integer;--> statement-breakpoint
ALTER TABLE `strategies` ADD `ended_by` integer;--> statement-breakpoint
ALTER TABLE `strategy_versions` ADD `made` text DEFAULT 'carried' NOT NULL;--> statement-breakpoint
UPDATE strategy_versions SET made = 'ended' WHERE EXISTS (SELECT 1 FROM strategy_versions earlier WHERE earlier.forum_id = strategy_versions.forum_id AND earlier.strategy = strategy_versions.strategy AND earlier.version < strategy_versions.version);
