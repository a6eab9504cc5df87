CREATE TABLE `links` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	`member` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`other` integer,
	`used_at` integer,
	`answered_at` integer,
	`linked` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`other`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `links_hash` ON `links` (`hash`);