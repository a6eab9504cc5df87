CREATE TABLE `budgets` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`goal` integer NOT NULL,
	`category` text,
	`amount` integer NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`set_by` integer NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`goal`) REFERENCES `goals`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`set_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "budgets_span" CHECK("budgets"."from" <= "budgets"."to" and "budgets"."amount" > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `budgets_goal` ON `budgets` (`forum_id`,`goal`,`number`);--> statement-breakpoint
CREATE TABLE `ledger_months` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`month` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`member` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_months_state" CHECK("ledger_months"."state" = 'closed' or ("ledger_months"."state" = 'open' and "ledger_months"."reason" is not null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `ledger_months_month` ON `ledger_months` (`forum_id`,`month`,`seq`);--> statement-breakpoint
ALTER TABLE `entries` ADD `category` text;