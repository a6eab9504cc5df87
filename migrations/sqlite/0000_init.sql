CREATE TABLE `accounts` (
	`forum_id` text NOT NULL,
	`platform` text NOT NULL,
	`home` text NOT NULL,
	`account` text NOT NULL,
	`member` integer NOT NULL,
	`name` text NOT NULL,
	`workspace` text NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `platform`, `home`, `account`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `accounts_member` ON `accounts` (`forum_id`,`member`);--> statement-breakpoint
CREATE TABLE `activities` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`date` text NOT NULL,
	`location` text,
	`participants` integer,
	`women` integer,
	`goal` integer,
	`result` text,
	`cancel_reason` text,
	`search` text NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`goal`) REFERENCES `goals`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "activities_women" CHECK("activities"."women" is null or "activities"."participants" is null or "activities"."women" <= "activities"."participants")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `activities_number` ON `activities` (`forum_id`,`number`);--> statement-breakpoint
CREATE INDEX `activities_date` ON `activities` (`forum_id`,`date`,`number`);--> statement-breakpoint
CREATE TABLE `activity_partners` (
	`forum_id` text NOT NULL,
	`activity` integer NOT NULL,
	`partner` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `activity`, `partner`),
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `activity_partners_partner` ON `activity_partners` (`forum_id`,`partner`,`activity`);--> statement-breakpoint
CREATE TABLE `acts` (
	`forum_id` text NOT NULL,
	`key` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `key`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `acts_at` ON `acts` (`at`);--> statement-breakpoint
CREATE TABLE `ballots` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`unit` integer NOT NULL,
	`round` integer NOT NULL,
	`choice` text,
	`reason` text,
	`cast_by` integer NOT NULL,
	`cast_at` integer NOT NULL,
	`in_force` integer NOT NULL,
	`secret_key` text,
	FOREIGN KEY (`forum_id`,`strategy`,`unit`) REFERENCES `electors`(`forum_id`,`strategy`,`unit`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ballots_in_force` ON `ballots` (`forum_id`,`strategy`,`unit`) WHERE in_force;--> statement-breakpoint
CREATE INDEX `ballots_strategy` ON `ballots` (`forum_id`,`strategy`,`seq`);--> statement-breakpoint
CREATE TABLE `channels` (
	`forum_id` text NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`purpose` text NOT NULL,
	`channel` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`forum_id`, `platform`, `workspace`, `purpose`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`platform`,`workspace`) REFERENCES `places`(`platform`,`workspace`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `counters` (
	`forum_id` text NOT NULL,
	`thing` text NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `thing`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `cursors` (
	`forum_id` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `name`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`occurrence` text NOT NULL,
	`topic` text NOT NULL,
	`subject` text NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`channel` text,
	`channel_name` text,
	`member` integer,
	`due` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`claim` integer NOT NULL,
	`next_at` integer,
	`started_at` integer,
	`done_at` integer,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_occurrence` ON `deliveries` (`forum_id`,`occurrence`);--> statement-breakpoint
CREATE INDEX `deliveries_next` ON `deliveries` (`next_at`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `deliveries_topic` ON `deliveries` (`forum_id`,`topic`,`subject`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`account` text NOT NULL,
	`action` text NOT NULL,
	`given` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `drafts_at` ON `drafts` (`at`);--> statement-breakpoint
CREATE TABLE `electors` (
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`unit` integer NOT NULL,
	`name` text NOT NULL,
	`sector` text,
	PRIMARY KEY(`forum_id`, `strategy`, `unit`),
	FOREIGN KEY (`forum_id`,`strategy`) REFERENCES `strategies`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`at` integer NOT NULL,
	`member` integer,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	`number` integer NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `events_of` ON `events` (`forum_id`,`thing`,`number`,`seq`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`thing` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`added_by` integer NOT NULL,
	`added_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `evidence_of` ON `evidence` (`forum_id`,`thing`,`number`);--> statement-breakpoint
CREATE TABLE `facts` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `forums` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`zone` text NOT NULL,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `goals` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`description` text,
	`due` text,
	`outcome` text,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `holidays` (
	`forum_id` text NOT NULL,
	`date` text NOT NULL,
	`name` text NOT NULL,
	`off` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `date`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `indicator_partners` (
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`partner` integer NOT NULL,
	`member` integer,
	PRIMARY KEY(`forum_id`, `indicator`, `partner`),
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `indicator_partners_partner` ON `indicator_partners` (`forum_id`,`partner`);--> statement-breakpoint
CREATE TABLE `indicators` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`goal` integer,
	`unit` text NOT NULL,
	`direction` text NOT NULL,
	`baseline` real,
	`baseline_date` text,
	`target` real,
	`due` text,
	`frequency` text NOT NULL,
	`value_kind` text NOT NULL,
	`aggregate` text NOT NULL,
	`partners_aggregate` text NOT NULL,
	`due_days` integer NOT NULL,
	`lock_days` integer NOT NULL,
	`green` integer NOT NULL,
	`amber` integer NOT NULL,
	`version` integer NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`goal`) REFERENCES `goals`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "indicators_bands" CHECK("indicators"."amber" <= "indicators"."green")
) STRICT;
--> statement-breakpoint
CREATE TABLE `issues` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`detail` text,
	`severity` text NOT NULL,
	`state` text NOT NULL,
	`is_private` integer NOT NULL,
	`partner` integer,
	`owner` integer,
	`raised_by` integer,
	`due` text,
	`waiting_for` text,
	`waiting_until` text,
	`resolution` text,
	`reason` text,
	`created_at` integer NOT NULL,
	`first_response_at` integer,
	`changed_at` integer NOT NULL,
	`resolved_at` integer,
	`closed_at` integer,
	`reopened` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`owner`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`raised_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "issues_resolved" CHECK("issues"."state" not in ('resolved', 'closed') or "issues"."resolution" is not null)
) STRICT;
--> statement-breakpoint
CREATE INDEX `issues_state` ON `issues` (`forum_id`,`state`,`number`);--> statement-breakpoint
CREATE TABLE `mediators` (
	`forum_id` text NOT NULL,
	`issue` integer NOT NULL,
	`member` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `issue`, `member`),
	FOREIGN KEY (`forum_id`,`issue`) REFERENCES `issues`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `members` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`locale` text,
	`zone` text,
	`coordinator` integer NOT NULL,
	`created_at` integer NOT NULL,
	`forgotten_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `members_folded` ON `members` (`forum_id`,`folded`);--> statement-breakpoint
CREATE TABLE `occurrences` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`due` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`done_at` integer,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `occurrences_key` ON `occurrences` (`forum_id`,`key`);--> statement-breakpoint
CREATE INDEX `occurrences_due` ON `occurrences` (`due`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `occurrences_subject` ON `occurrences` (`forum_id`,`kind`,`subject`);--> statement-breakpoint
CREATE TABLE `partners` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`sector` text,
	`contact` text,
	`focus` text,
	`influence` text,
	`interest` text,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `partners_name` ON `partners` (`forum_id`,`folded`) WHERE archived_at is null;--> statement-breakpoint
CREATE TABLE `period_targets` (
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`period` text NOT NULL,
	`target` real NOT NULL,
	PRIMARY KEY(`forum_id`, `indicator`, `period`),
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `places` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`forum_id` text NOT NULL,
	`name` text NOT NULL,
	`joined_at` integer NOT NULL,
	`left_at` integer,
	PRIMARY KEY(`platform`, `workspace`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `places_forum` ON `places` (`forum_id`);--> statement-breakpoint
CREATE TABLE `posts` (
	`forum_id` text NOT NULL,
	`topic` text NOT NULL,
	`subject` text NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`channel` text NOT NULL,
	`ref` text NOT NULL,
	`hash` text NOT NULL,
	`posted_at` integer NOT NULL,
	`edited_at` integer,
	PRIMARY KEY(`forum_id`, `topic`, `subject`, `platform`, `workspace`, `channel`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `proxies` (
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`unit` integer NOT NULL,
	`holder` integer NOT NULL,
	`given_by` integer NOT NULL,
	`given_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `strategy`, `unit`),
	FOREIGN KEY (`forum_id`,`strategy`) REFERENCES `strategies`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `proxies_holder` ON `proxies` (`forum_id`,`strategy`,`holder`);--> statement-breakpoint
CREATE TABLE `reports` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`period` text NOT NULL,
	`partner` integer NOT NULL,
	`kind` text NOT NULL,
	`value` real,
	`numerator` real,
	`denominator` real,
	`parts` text,
	`note` text,
	`reason` text,
	`constrained` text,
	`state` text NOT NULL,
	`return_reason` text,
	`reported_by` integer NOT NULL,
	`reported_at` integer NOT NULL,
	`on_time` integer NOT NULL,
	`in_force` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reports_value" CHECK("reports"."kind" <> 'value' or "reports"."value" is not null)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_in_force` ON `reports` (`forum_id`,`indicator`,`period`,`partner`) WHERE in_force;--> statement-breakpoint
CREATE INDEX `reports_at` ON `reports` (`forum_id`,`reported_at`);--> statement-breakpoint
CREATE TABLE `seats` (
	`forum_id` text NOT NULL,
	`member` integer NOT NULL,
	`partner` integer NOT NULL,
	`role` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `member`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "seats_role_known" CHECK("seats"."role" in ('representative', 'alternate', 'member'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `seats_role` ON `seats` (`forum_id`,`partner`,`role`) WHERE role <> 'member';--> statement-breakpoint
CREATE INDEX `seats_partner` ON `seats` (`forum_id`,`partner`);--> statement-breakpoint
CREATE TABLE `secret_votes` (
	`key` text PRIMARY KEY NOT NULL,
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`choice` text NOT NULL,
	`reason` text,
	FOREIGN KEY (`forum_id`,`strategy`) REFERENCES `strategies`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `secret_votes_strategy` ON `secret_votes` (`forum_id`,`strategy`);--> statement-breakpoint
CREATE TABLE `snoozes` (
	`forum_id` text NOT NULL,
	`member` integer NOT NULL,
	`indicator` integer NOT NULL,
	`period` text NOT NULL,
	`until` integer,
	PRIMARY KEY(`forum_id`, `member`, `indicator`, `period`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `strategies` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`change` text NOT NULL,
	`rationale` text NOT NULL,
	`goal` integer,
	`issue` integer,
	`indicator` integer,
	`new_target` real,
	`rule` text NOT NULL,
	`round` integer NOT NULL,
	`proposed_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`opens_at` integer NOT NULL,
	`opened_at` integer,
	`closes_at` integer NOT NULL,
	`outcome` text,
	`closed_at` integer,
	`close_reason` text,
	`override_reason` text,
	`arithmetic` text,
	`review_on` text,
	`review` text,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`goal`) REFERENCES `goals`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`issue`) REFERENCES `issues`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`proposed_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "strategies_closed" CHECK(("strategies"."outcome" is null) = ("strategies"."closed_at" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `strategies_outcome` ON `strategies` (`forum_id`,`outcome`,`number`);--> statement-breakpoint
CREATE TABLE `strategy_versions` (
	`forum_id` text NOT NULL,
	`version` integer NOT NULL,
	`strategy` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `version`),
	FOREIGN KEY (`forum_id`,`strategy`) REFERENCES `strategies`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `unlocks` (
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`period` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `indicator`, `period`),
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `voters` (
	`forum_id` text NOT NULL,
	`strategy` integer NOT NULL,
	`member` integer NOT NULL,
	`unit` integer NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`forum_id`, `strategy`, `member`),
	FOREIGN KEY (`forum_id`,`strategy`,`unit`) REFERENCES `electors`(`forum_id`,`strategy`,`unit`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`member`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `voters_unit` ON `voters` (`forum_id`,`strategy`,`unit`);