CREATE TABLE `import_rows` (
	`forum_id` text NOT NULL,
	`import` integer NOT NULL,
	`item` integer NOT NULL,
	`thing` text NOT NULL,
	`number` integer NOT NULL,
	`before` text,
	`after` text NOT NULL,
	`event` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `import`, `item`),
	FOREIGN KEY (`forum_id`,`import`) REFERENCES `imports`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `imports` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`file` text NOT NULL,
	`counts` text NOT NULL,
	`made_by` integer NOT NULL,
	`made_at` integer NOT NULL,
	`undone_by` integer,
	`undone_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`made_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `imports_at` ON `imports` (`made_at`);--> statement-breakpoint
ALTER TABLE `reports` ADD `from_import` integer;