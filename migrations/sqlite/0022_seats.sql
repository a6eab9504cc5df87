CREATE TABLE `seat_requests` (
	`forum_id` text NOT NULL,
	`member` integer NOT NULL,
	`partner` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `member`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `seat_requests_partner` ON `seat_requests` (`forum_id`,`partner`);--> statement-breakpoint
ALTER TABLE `agreement_parties` ADD `confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `agreement_parties` ADD `confirmed_by` integer;--> statement-breakpoint
ALTER TABLE `agreements` ADD `confirmed_at` integer;--> statement-breakpoint
UPDATE agreements SET confirmed_at = created_at;--> statement-breakpoint
UPDATE agreement_parties SET confirmed_at = (SELECT created_at FROM agreements a WHERE a.forum_id = agreement_parties.forum_id AND a.number = agreement_parties.agreement);