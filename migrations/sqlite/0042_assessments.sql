CREATE TABLE `assessment_answers` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`assessment` integer NOT NULL,
	`question` text NOT NULL,
	`member` integer NOT NULL,
	`partner` integer,
	`value` integer,
	`evidence` text,
	`at` integer NOT NULL,
	`in_force` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`assessment`) REFERENCES `assessments`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `assessment_answers_in_force` ON `assessment_answers` (`forum_id`,`assessment`,`question`,`member`) WHERE in_force;--> statement-breakpoint
CREATE TABLE `assessment_indicators` (
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`key` text NOT NULL,
	`section` text NOT NULL,
	`partner` integer,
	`area` text,
	PRIMARY KEY(`forum_id`, `indicator`),
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `assessment_indicators_key` ON `assessment_indicators` (`forum_id`,`key`);--> statement-breakpoint
CREATE TABLE `assessment_settlements` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`assessment` integer NOT NULL,
	`question` text NOT NULL,
	`value` integer NOT NULL,
	`reason` text NOT NULL,
	`settled_by` integer NOT NULL,
	`at` integer NOT NULL,
	`in_force` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`assessment`) REFERENCES `assessments`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`settled_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `assessment_settlements_in_force` ON `assessment_settlements` (`forum_id`,`assessment`,`question`) WHERE in_force;--> statement-breakpoint
CREATE TABLE `assessments` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`framework` integer NOT NULL,
	`key` text NOT NULL,
	`partner` integer,
	`area` text,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`closed_by` integer,
	`closed_at` integer,
	`result` text,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`framework`) REFERENCES `frameworks`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`closed_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assessments_one_object" CHECK(("assessments"."partner" is null) <> ("assessments"."area" is null)),
	CONSTRAINT "assessments_closed" CHECK(("assessments"."closed_at" is null) = ("assessments"."result" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `assessments_object` ON `assessments` (`forum_id`,`key`,`number`);--> statement-breakpoint
CREATE TABLE `frameworks` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`key` text NOT NULL,
	`version` text NOT NULL,
	`data` text NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `frameworks_version` ON `frameworks` (`forum_id`,`key`,`version`);