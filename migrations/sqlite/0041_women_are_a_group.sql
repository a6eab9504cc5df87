PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_activities` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`date` text NOT NULL,
	`end_date` text,
	`time` text,
	`until` text,
	`zone` text,
	`series` integer,
	`slot` text,
	`seats` integer,
	`code` text,
	`sequence` integer DEFAULT 0 NOT NULL,
	`changed_at` integer,
	`location` text,
	`area` text,
	`participants` integer,
	`groups` text,
	`goal` integer,
	`result` text,
	`cancel_reason` text,
	`search` text NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`goal`) REFERENCES `goals`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_activities`("seq", "forum_id", "number", "title", "kind", "state", "date", "end_date", "time", "until", "zone", "series", "slot", "seats", "code", "sequence", "changed_at", "location", "area", "participants", "groups", "goal", "result", "cancel_reason", "search", "created_by", "created_at") SELECT "seq", "forum_id", "number", "title", "kind", "state", "date", "end_date", "time", "until", "zone", "series", "slot", "seats", "code", "sequence", "changed_at", "location", "area", "participants", "groups", "goal", "result", "cancel_reason", "search", "created_by", "created_at" FROM `activities`;--> statement-breakpoint
DROP TABLE `activities`;--> statement-breakpoint
ALTER TABLE `__new_activities` RENAME TO `activities`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `activities_number` ON `activities` (`forum_id`,`number`);--> statement-breakpoint
CREATE INDEX `activities_date` ON `activities` (`forum_id`,`date`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `activities_slot` ON `activities` (`forum_id`,`series`,`slot`) WHERE series is not null;
--> statement-breakpoint
-- The triggers of the search went with the old table.
CREATE TRIGGER activities_search_insert AFTER INSERT ON activities BEGIN
  INSERT INTO activity_search (rowid, search) VALUES (new.seq, new.search);
END;
--> statement-breakpoint
CREATE TRIGGER activities_search_update AFTER UPDATE OF search ON activities BEGIN
  INSERT INTO activity_search (activity_search, rowid, search) VALUES ('delete', old.seq, old.search);
  INSERT INTO activity_search (rowid, search) VALUES (new.seq, new.search);
END;
--> statement-breakpoint
CREATE TRIGGER activities_search_delete AFTER DELETE ON activities BEGIN
  INSERT INTO activity_search (activity_search, rowid, search) VALUES ('delete', old.seq, old.search);
END;