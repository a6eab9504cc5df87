ALTER TABLE `deliveries` ADD `ref` text;--> statement-breakpoint
CREATE INDEX `deliveries_ref` ON `deliveries` (`platform`,`ref`) WHERE ref is not null;