DROP INDEX `activities_date`;--> statement-breakpoint
CREATE INDEX `activities_by` ON `activities` (`forum_id`,`created_by`,`date`,`state`);--> statement-breakpoint
CREATE INDEX `activities_date` ON `activities` (`forum_id`,`date`,`number`,`state`);--> statement-breakpoint
CREATE INDEX `attendances_unknown` ON `attendances` (`forum_id`,`activity`) WHERE came is null;--> statement-breakpoint
CREATE INDEX `reports_of` ON `reports` (`forum_id`,`indicator`,`seq`);