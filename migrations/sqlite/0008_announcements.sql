CREATE TABLE `announcements` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`content` text NOT NULL,
	`urgency` text NOT NULL,
	`reason` text,
	`written_by` integer NOT NULL,
	`written_at` integer NOT NULL,
	`sent_by` integer,
	`sent_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`written_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`sent_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `sightings` (
	`forum_id` text NOT NULL,
	`announcement` integer NOT NULL,
	`member` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `announcement`, `member`),
	FOREIGN KEY (`forum_id`,`announcement`) REFERENCES `announcements`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
