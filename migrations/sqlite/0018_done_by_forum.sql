DROP INDEX `deliveries_next`;--> statement-breakpoint
CREATE INDEX `deliveries_done` ON `deliveries` (`forum_id`,`done_at`) WHERE done_at is not null;--> statement-breakpoint
CREATE INDEX `deliveries_next` ON `deliveries` (`platform`,`next_at`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `accounts_account` ON `accounts` (`platform`,`home`,`account`);--> statement-breakpoint
CREATE INDEX `code_attempts_at` ON `code_attempts` (`at`);--> statement-breakpoint
CREATE INDEX `drafts_of` ON `drafts` (`platform`,`workspace`,`account`);--> statement-breakpoint
CREATE INDEX `occurrences_pending` ON `occurrences` (`forum_id`,`due`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `occurrences_done` ON `occurrences` (`forum_id`,`done_at`) WHERE done_at is not null;--> statement-breakpoint
DELETE FROM cursors WHERE name = 'pass';