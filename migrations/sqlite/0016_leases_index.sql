DROP INDEX `deliveries_leased`;--> statement-breakpoint
CREATE INDEX `deliveries_leased` ON `deliveries` (`platform`,`workspace`,`channel`,`leased_until`) WHERE leased_until is not null;--> statement-breakpoint
DROP INDEX `occurrences_leased`;--> statement-breakpoint
CREATE INDEX `occurrences_leased` ON `occurrences` (`forum_id`,`leased_until`) WHERE leased_until is not null;