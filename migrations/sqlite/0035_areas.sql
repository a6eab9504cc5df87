ALTER TABLE `activities` ADD `area` text;--> statement-breakpoint
ALTER TABLE `indicators` ADD `area` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `area` text;--> statement-breakpoint
ALTER TABLE `partners` ADD `area` text;