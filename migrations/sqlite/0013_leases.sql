CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`fence` integer NOT NULL,
	`until` integer NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `deliveries` ADD `leased_until` integer;--> statement-breakpoint
CREATE INDEX `deliveries_leased` ON `deliveries` (`platform`,`workspace`,`channel`,`member`) WHERE leased_until is not null;--> statement-breakpoint
ALTER TABLE `occurrences` ADD `leased_until` integer;--> statement-breakpoint
CREATE INDEX `occurrences_leased` ON `occurrences` (`forum_id`) WHERE leased_until is not null;