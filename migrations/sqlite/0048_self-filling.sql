ALTER TABLE `indicators` ADD `fill` text;--> statement-breakpoint
ALTER TABLE `reports` ADD `sources` text;