CREATE TABLE `attendances` (
	`forum_id` text NOT NULL,
	`activity` integer NOT NULL,
	`partner` integer NOT NULL,
	`answer` text,
	`answered_by` integer,
	`came` integer,
	PRIMARY KEY(`forum_id`, `activity`, `partner`),
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`answered_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `attendances_partner` ON `attendances` (`forum_id`,`partner`);--> statement-breakpoint
CREATE TABLE `pulse_counts` (
	`forum_id` text NOT NULL,
	`pulse` integer NOT NULL,
	`theme` integer NOT NULL,
	`score` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `pulse`, `theme`, `score`),
	FOREIGN KEY (`forum_id`,`pulse`) REFERENCES `pulses`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "pulse_counts_score" CHECK("pulse_counts"."score" between 1 and 5)
) STRICT;
--> statement-breakpoint
CREATE TABLE `pulse_marks` (
	`forum_id` text NOT NULL,
	`pulse` integer NOT NULL,
	`mark` text NOT NULL,
	PRIMARY KEY(`forum_id`, `pulse`, `mark`),
	FOREIGN KEY (`forum_id`,`pulse`) REFERENCES `pulses`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `pulses` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`closed_at` integer,
	`salt` text,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "pulses_salt" CHECK("pulses"."closed_at" is null or "pulses"."salt" is null)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pulses_open` ON `pulses` (`forum_id`) WHERE closed_at is null;--> statement-breakpoint
CREATE TABLE `review_notes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`review` integer NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`due` text,
	`member` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`review`) REFERENCES `reviews`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `review_notes_of` ON `review_notes` (`forum_id`,`review`,`seq`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`partner` integer NOT NULL,
	`mediator` integer,
	`opened_by` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`outcome` text,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`mediator`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`opened_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reviews_outcome" CHECK(("reviews"."closed_at" is null) = ("reviews"."outcome" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_open` ON `reviews` (`forum_id`,`partner`) WHERE closed_at is null;