CREATE TABLE `secret_ballots` (
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`unit` integer NOT NULL,
	`choice` text,
	`reason` text,
	`cast_by` integer NOT NULL,
	`before` text NOT NULL,
	PRIMARY KEY(`forum_id`, `strategy`, `unit`),
	FOREIGN KEY (`forum_id`,`strategy`) REFERENCES `strategies`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`cast_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
-- The choices of votes that are open move to the one table that ties them to their units.
INSERT INTO secret_ballots (forum_id, strategy, unit, choice, reason, cast_by, before)
SELECT b.forum_id, b.strategy, b.unit, v.choice, v.reason, b.cast_by, '[]' FROM ballots b JOIN secret_votes v ON v.key = b.secret_key;
--> statement-breakpoint
DELETE FROM secret_votes WHERE key IN (SELECT secret_key FROM ballots WHERE secret_key IS NOT NULL);
--> statement-breakpoint
DELETE FROM ballots WHERE secret_key IS NOT NULL;
--> statement-breakpoint
-- When a secret ballot was cast stands nowhere any more, nor in which order; recusals are open, and stay.
DELETE FROM events WHERE kind = 'strategy.voted' AND EXISTS (SELECT 1 FROM strategies s WHERE s.forum_id = events.forum_id AND s.number = events.number AND json_extract(s.rule, '$.secret')) AND json_extract(events.data, '$.ballot') NOT IN (SELECT seq FROM ballots WHERE choice IS NOT NULL);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_ballots` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`unit` integer NOT NULL,
	`round` integer NOT NULL,
	`choice` text,
	`reason` text,
	`cast_by` integer NOT NULL,
	`cast_at` integer,
	`in_force` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`strategy`,`unit`) REFERENCES `electors`(`forum_id`,`strategy`,`unit`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_ballots`("seq", "forum_id", "strategy", "unit", "round", "choice", "reason", "cast_by", "cast_at", "in_force") SELECT "seq", "forum_id", "strategy", "unit", "round", "choice", "reason", "cast_by", "cast_at", "in_force" FROM `ballots`;--> statement-breakpoint
DROP TABLE `ballots`;--> statement-breakpoint
ALTER TABLE `__new_ballots` RENAME TO `ballots`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `ballots_in_force` ON `ballots` (`forum_id`,`strategy`,`unit`) WHERE in_force;--> statement-breakpoint
CREATE INDEX `ballots_strategy` ON `ballots` (`forum_id`,`strategy`,`seq`);
--> statement-breakpoint
CREATE TEMPORARY TABLE secret_order AS SELECT forum_id, strategy, unit, round, cast_by, in_force FROM ballots WHERE choice IS NULL;
--> statement-breakpoint
DELETE FROM ballots WHERE choice IS NULL;
--> statement-breakpoint
INSERT INTO ballots (forum_id, strategy, unit, round, cast_by, in_force) SELECT forum_id, strategy, unit, round, cast_by, in_force FROM secret_order ORDER BY forum_id, strategy, round, unit, in_force;
--> statement-breakpoint
DROP TABLE secret_order;
--> statement-breakpoint
CREATE TEMPORARY TABLE secret_words AS SELECT forum_id, strategy, choice, reason FROM secret_votes;
--> statement-breakpoint
DELETE FROM secret_votes;
--> statement-breakpoint
INSERT INTO secret_votes (key, forum_id, strategy, choice, reason) SELECT lower(hex(randomblob(16))), forum_id, strategy, choice, reason FROM secret_words ORDER BY forum_id, strategy, choice, reason;
--> statement-breakpoint
DROP TABLE secret_words;
--> statement-breakpoint
CREATE TABLE `approval_voids` (
	`forum_id` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `position`),
	FOREIGN KEY (`forum_id`,`position`) REFERENCES `ledger_lines`(`forum_id`,`position`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
DROP INDEX `ledger_lines_step`;--> statement-breakpoint
CREATE INDEX `ledger_lines_entry` ON `ledger_lines` (`forum_id`,`entry`,`step`);--> statement-breakpoint
ALTER TABLE `links` ADD `claimed_at` integer;--> statement-breakpoint
ALTER TABLE `links` ADD `cut` text;--> statement-breakpoint
ALTER TABLE `links` ADD `lent_at` integer;--> statement-breakpoint
ALTER TABLE `links` ADD `before` text;--> statement-breakpoint
ALTER TABLE `links` ADD `undone_at` integer;--> statement-breakpoint
-- Links of before were merged at once, and stay.
UPDATE links SET lent_at = answered_at WHERE linked;--> statement-breakpoint
UPDATE links SET claimed_at = used_at WHERE used_at IS NOT NULL;
