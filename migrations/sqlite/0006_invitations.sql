CREATE TABLE `code_attempts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`account` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `code_attempts_of` ON `code_attempts` (`platform`,`workspace`,`at`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`platform` text,
	`workspace` text,
	`asked_by` text,
	`channels` text NOT NULL,
	`admitted_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_hash` ON `invitations` (`hash`);