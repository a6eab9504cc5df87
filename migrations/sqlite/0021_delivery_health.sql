CREATE TABLE `health` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`detail` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer NOT NULL,
	`failures` integer NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `channel`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `deliveries` ADD `elsewhere` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `posts` ADD `remade` integer DEFAULT false NOT NULL;