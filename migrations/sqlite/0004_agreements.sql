CREATE TABLE `agreement_parties` (
	`forum_id` text NOT NULL,
	`agreement` integer NOT NULL,
	`partner` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `agreement`, `partner`),
	FOREIGN KEY (`forum_id`,`agreement`) REFERENCES `agreements`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `agreements` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`kind` text NOT NULL,
	`purpose` text,
	`signed` text,
	`expires` text,
	`link` text,
	`ended_at` integer,
	`end_reason` text,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "agreements_ended" CHECK("agreements"."ended_at" is null or "agreements"."end_reason" is not null)
) STRICT;
--> statement-breakpoint
CREATE TABLE `commitments` (
	`forum_id` text NOT NULL,
	`agreement` integer NOT NULL,
	`item` integer NOT NULL,
	`partner` integer NOT NULL,
	`what` text NOT NULL,
	`due` text NOT NULL,
	`done_on` text,
	`done_by` integer,
	`note` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `agreement`, `item`),
	FOREIGN KEY (`forum_id`,`agreement`) REFERENCES `agreements`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`done_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `commitments_due` ON `commitments` (`forum_id`,`due`);