CREATE TABLE `entries` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`direction` text NOT NULL,
	`amount` integer NOT NULL,
	`purpose` text NOT NULL,
	`folded` text NOT NULL,
	`partner` integer,
	`activity` integer,
	`date` text NOT NULL,
	`reverses` integer,
	`reason` text,
	`needs_approval` integer NOT NULL,
	`recorded_by` integer NOT NULL,
	`recorder_partner` integer,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`activity`) REFERENCES `activities`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`recorded_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`reverses`) REFERENCES `entries`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "entries_direction" CHECK("entries"."direction" in ('in', 'out')),
	CONSTRAINT "entries_amount" CHECK(("entries"."reverses" is null and "entries"."amount" > 0) or ("entries"."reverses" is not null and "entries"."amount" < 0 and "entries"."reason" is not null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `entries_date` ON `entries` (`forum_id`,`date`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `entries_reverses` ON `entries` (`forum_id`,`reverses`);--> statement-breakpoint
CREATE TABLE `ledger_lines` (
	`forum_id` text NOT NULL,
	`position` integer NOT NULL,
	`step` text NOT NULL,
	`entry` integer NOT NULL,
	`member` integer NOT NULL,
	`at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`forum_id`, `position`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`entry`) REFERENCES `entries`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_lines_step_known" CHECK("ledger_lines"."step" in ('recorded', 'approved'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_lines_step` ON `ledger_lines` (`forum_id`,`entry`,`step`);