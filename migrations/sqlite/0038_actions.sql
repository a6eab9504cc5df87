CREATE TABLE `actions` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`folded` text NOT NULL,
	`origin` text,
	`origin_number` integer,
	`item` integer,
	`is_private` integer NOT NULL,
	`partner` integer,
	`owner` integer,
	`amount` integer,
	`due` text,
	`done_on` text,
	`done_at` integer,
	`done_by` integer,
	`result` text,
	`cancelled_at` integer,
	`cancel_reason` text,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`partner`) REFERENCES `partners`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`owner`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`done_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "actions_origin" CHECK(("actions"."origin" is null) = ("actions"."origin_number" is null)),
	CONSTRAINT "actions_over" CHECK("actions"."done_on" is null or "actions"."cancelled_at" is null),
	CONSTRAINT "actions_cancelled" CHECK(("actions"."cancelled_at" is null) = ("actions"."cancel_reason" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `actions_due` ON `actions` (`forum_id`,`due`);--> statement-breakpoint
CREATE INDEX `actions_open` ON `actions` (`forum_id`,`due`) WHERE done_on is null and cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `actions_item` ON `actions` (`forum_id`,`origin`,`origin_number`,`item`);
--> statement-breakpoint
-- The promises of agreements and the steps of talks become actions, in the order in which they were agreed.
INSERT INTO "actions" ("forum_id", "number", "title", "folded", "origin", "origin_number", "item", "is_private", "partner", "owner", "amount", "due", "done_on", "done_at", "done_by", "result", "cancelled_at", "cancel_reason", "created_by", "created_at")
WITH steps AS (
	SELECT n."seq", n."forum_id", n."review", n."content", n."due", n."member", n."at", r."partner",
		row_number() OVER (PARTITION BY n."forum_id", r."partner" ORDER BY n."seq") AS item
	FROM "review_notes" n JOIN "reviews" r ON r."forum_id" = n."forum_id" AND r."number" = n."review"
	WHERE n."kind" = 'step'
), done AS (
	SELECT n."forum_id", r."partner", CAST(n."content" AS INTEGER) AS item, max(n."seq") AS seq
	FROM "review_notes" n JOIN "reviews" r ON r."forum_id" = n."forum_id" AND r."number" = n."review"
	WHERE n."kind" = 'done' GROUP BY n."forum_id", r."partner", CAST(n."content" AS INTEGER)
), moved AS (
	SELECT c."forum_id", c."what" AS title, 'agreement' AS origin, c."agreement" AS origin_number, c."item", 0 AS is_private,
		c."partner", c."amount", c."due", c."done_on", null AS done_at, c."done_by", c."note" AS result,
		coalesce((SELECT e."member" FROM "events" e WHERE e."forum_id" = c."forum_id" AND e."thing" = 'agreement'
			AND e."number" = c."agreement" AND e."kind" = 'agreement.committed' AND json_extract(e."data", '$.item') = c."item"
			ORDER BY e."seq" LIMIT 1), a."created_by") AS created_by, c."created_at"
	FROM "commitments" c JOIN "agreements" a ON a."forum_id" = c."forum_id" AND a."number" = c."agreement"
	UNION ALL
	SELECT s."forum_id", s."content", 'talk', s."review", CAST(s."item" AS INTEGER), 1, s."partner", null, s."due",
		date(d."at" / 1000, 'unixepoch'), d."at", d."member", null, s."member", s."at"
	FROM steps s
	LEFT JOIN done ON done."forum_id" = s."forum_id" AND done."partner" = s."partner" AND done."item" = s."item"
	LEFT JOIN "review_notes" d ON d."seq" = done."seq"
)
SELECT "forum_id", CAST(row_number() OVER (PARTITION BY "forum_id" ORDER BY "created_at", "origin", "origin_number", "item") AS INTEGER),
	"title", lower("title"), "origin", "origin_number", "item", "is_private", "partner", null, "amount", "due",
	"done_on", "done_at", "done_by", "result", null, null, "created_by", "created_at"
FROM moved;
--> statement-breakpoint
INSERT INTO "counters" ("forum_id", "thing", "last") SELECT "forum_id", 'action', max("number") FROM "actions" GROUP BY "forum_id";
--> statement-breakpoint
UPDATE "occurrences" SET "state" = 'suppressed', "reason" = 'an action by now', "leased_until" = null, "done_at" = unixepoch() * 1000 WHERE "state" = 'pending' AND "kind" IN ('commitment', 'review_step');
--> statement-breakpoint
-- What no statement can tell (the local day of an instant, a title folded, a ladder of reminders) a job of each forum does.
INSERT INTO "occurrences" ("forum_id", "key", "kind", "subject", "due", "state") SELECT DISTINCT "forum_id", 'actions_moved', 'actions_moved', '', 0, 'pending' FROM "actions";
--> statement-breakpoint
DELETE FROM "review_notes" WHERE "kind" <> 'statement';
