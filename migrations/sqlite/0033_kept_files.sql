CREATE TABLE `file_parts` (
	`forum_id` text NOT NULL,
	`hash` text NOT NULL,
	`part` integer NOT NULL,
	`content` blob NOT NULL,
	PRIMARY KEY(`forum_id`, `hash`, `part`),
	FOREIGN KEY (`forum_id`,`hash`) REFERENCES `files`(`forum_id`,`hash`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `files` (
	`forum_id` text NOT NULL,
	`hash` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`complete` integer NOT NULL,
	`kept_at` integer NOT NULL,
	`expires_at` integer,
	PRIMARY KEY(`forum_id`, `hash`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `files_expire` ON `files` (`expires_at`) WHERE expires_at is not null;--> statement-breakpoint
ALTER TABLE `agreements` ADD `file` text;--> statement-breakpoint
ALTER TABLE `evidence` ADD `file` text;--> statement-breakpoint
CREATE INDEX `evidence_file` ON `evidence` (`forum_id`,`file`) WHERE file is not null;