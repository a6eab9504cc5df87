CREATE TABLE `poll_ballots` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`poll` integer NOT NULL,
	`unit` integer NOT NULL,
	`round` integer NOT NULL,
	`choice` text,
	`reason` text,
	`cast_by` integer NOT NULL,
	`cast_at` integer,
	`in_force` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`poll`,`unit`) REFERENCES `poll_electors`(`forum_id`,`poll`,`unit`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `poll_ballots_in_force` ON `poll_ballots` (`forum_id`,`poll`,`unit`) WHERE in_force;--> statement-breakpoint
CREATE INDEX `poll_ballots_poll` ON `poll_ballots` (`forum_id`,`poll`,`seq`);--> statement-breakpoint
CREATE TABLE `poll_electors` (
	`forum_id` text NOT NULL,
	`poll` integer NOT NULL,
	`unit` integer NOT NULL,
	`name` text NOT NULL,
	`sector` text,
	PRIMARY KEY(`forum_id`, `poll`, `unit`),
	FOREIGN KEY (`forum_id`,`poll`) REFERENCES `polls`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `poll_options` (
	`forum_id` text NOT NULL,
	`poll` integer NOT NULL,
	`option` integer NOT NULL,
	`text` text NOT NULL,
	`detail` text,
	`link` text,
	`date` text,
	`at` integer,
	`candidate` integer,
	`state` text NOT NULL,
	`added_by` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `poll`, `option`),
	FOREIGN KEY (`forum_id`,`poll`) REFERENCES `polls`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`candidate`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `poll_secret_ballots` (
	`forum_id` text NOT NULL,
	`poll` integer NOT NULL,
	`unit` integer NOT NULL,
	`choice` text,
	`reason` text,
	`cast_by` integer NOT NULL,
	`before` text NOT NULL,
	PRIMARY KEY(`forum_id`, `poll`, `unit`),
	FOREIGN KEY (`forum_id`,`poll`) REFERENCES `polls`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`cast_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `poll_secret_votes` (
	`key` text PRIMARY KEY NOT NULL,
	`forum_id` text NOT NULL,
	`poll` integer NOT NULL,
	`choice` text NOT NULL,
	`reason` text,
	FOREIGN KEY (`forum_id`,`poll`) REFERENCES `polls`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `poll_secret_votes_poll` ON `poll_secret_votes` (`forum_id`,`poll`);--> statement-breakpoint
CREATE TABLE `poll_voters` (
	`forum_id` text NOT NULL,
	`poll` integer NOT NULL,
	`member` integer NOT NULL,
	`unit` integer NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`forum_id`, `poll`, `member`),
	FOREIGN KEY (`forum_id`,`poll`,`unit`) REFERENCES `poll_electors`(`forum_id`,`poll`,`unit`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `poll_voters_unit` ON `poll_voters` (`forum_id`,`poll`,`unit`);--> statement-breakpoint
CREATE TABLE `polls` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`rule` text NOT NULL,
	`round` integer NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`opens_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`outcome` text,
	`closed_at` integer,
	`close_reason` text,
	`seed` text NOT NULL,
	`count` text,
	`picks` text NOT NULL,
	`follow` text,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "polls_closed" CHECK(("polls"."outcome" is null) = ("polls"."closed_at" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `polls_outcome` ON `polls` (`forum_id`,`outcome`,`number`);