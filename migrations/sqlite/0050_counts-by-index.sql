DROP INDEX `ballots_choice`;--> statement-breakpoint
CREATE INDEX `ballots_choice` ON `ballots` (`forum_id`,`strategy`,`choice`,`in_force`) WHERE in_force;--> statement-breakpoint
DROP INDEX `poll_ballots_choice`;--> statement-breakpoint
CREATE INDEX `poll_ballots_choice` ON `poll_ballots` (`forum_id`,`poll`,`choice`,`in_force`) WHERE in_force;--> statement-breakpoint
CREATE INDEX `partners_archived` ON `partners` (`forum_id`,`number`) WHERE archived_at is not null;