CREATE TABLE `calendar_tokens` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`member` integer NOT NULL,
	`hash` text NOT NULL,
	`alarm` integer,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_tokens_hash` ON `calendar_tokens` (`hash`);--> statement-breakpoint
CREATE INDEX `calendar_tokens_of` ON `calendar_tokens` (`forum_id`,`member`) WHERE revoked_at is null;--> statement-breakpoint
CREATE TABLE `invitees` (
	`forum_id` text NOT NULL,
	`activity` integer NOT NULL,
	`member` integer NOT NULL,
	`answer` text,
	`yes_at` integer,
	`came` integer,
	PRIMARY KEY(`forum_id`, `activity`, `member`),
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `invitees_member` ON `invitees` (`forum_id`,`member`);--> statement-breakpoint
CREATE TABLE `series` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`recurrence` text NOT NULL,
	`holidays` text NOT NULL,
	`start` text NOT NULL,
	`last` text,
	`count` integer,
	`time` text,
	`until` text,
	`zone` text,
	`template` text NOT NULL,
	`made` text,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `activities` ADD `end_date` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `time` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `until` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `zone` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `series` integer;--> statement-breakpoint
ALTER TABLE `activities` ADD `slot` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `seats` integer;--> statement-breakpoint
ALTER TABLE `activities` ADD `code` text;--> statement-breakpoint
ALTER TABLE `activities` ADD `sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `activities` ADD `changed_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `activities_slot` ON `activities` (`forum_id`,`series`,`slot`) WHERE series is not null;--> statement-breakpoint
ALTER TABLE `attendances` ADD `yes_at` integer;--> statement-breakpoint
UPDATE `activities` SET
	`sequence` = (SELECT count(*) FROM `events` e WHERE e.`forum_id` = `activities`.`forum_id` AND e.`thing` = 'activity' AND e.`number` = `activities`.`number` AND e.`kind` IN ('activity.changed', 'activity.cancelled', 'activity.undone', 'activity.done')),
	`changed_at` = (SELECT max(e.`at`) FROM `events` e WHERE e.`forum_id` = `activities`.`forum_id` AND e.`thing` = 'activity' AND e.`number` = `activities`.`number` AND e.`kind` IN ('activity.changed', 'activity.cancelled', 'activity.undone', 'activity.done'));
