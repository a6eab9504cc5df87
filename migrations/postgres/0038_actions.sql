CREATE TABLE "actions" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"folded" text NOT NULL,
	"origin" text,
	"origin_number" integer,
	"item" integer,
	"is_private" boolean NOT NULL,
	"partner" integer,
	"owner" integer,
	"amount" bigint,
	"due" text,
	"done_on" text,
	"done_at" timestamp (3) with time zone,
	"done_by" integer,
	"result" text,
	"cancelled_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"created_by" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "actions_forum_id_number_pk" PRIMARY KEY("forum_id","number"),
	CONSTRAINT "actions_origin" CHECK (("actions"."origin" is null) = ("actions"."origin_number" is null)),
	CONSTRAINT "actions_over" CHECK ("actions"."done_on" is null or "actions"."cancelled_at" is null),
	CONSTRAINT "actions_cancelled" CHECK (("actions"."cancelled_at" is null) = ("actions"."cancel_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_forum_id_partner_partners_forum_id_number_fk" FOREIGN KEY ("forum_id","partner") REFERENCES "public"."partners"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_forum_id_owner_members_forum_id_number_fk" FOREIGN KEY ("forum_id","owner") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_forum_id_done_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","done_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_forum_id_created_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","created_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "actions_due" ON "actions" USING btree ("forum_id","due");--> statement-breakpoint
CREATE INDEX "actions_open" ON "actions" USING btree ("forum_id","due") WHERE done_on is null and cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "actions_item" ON "actions" USING btree ("forum_id","origin","origin_number","item");
--> statement-breakpoint
-- The promises of agreements and the steps of talks become actions, in the order in which they were agreed.
INSERT INTO "actions" ("forum_id", "number", "title", "folded", "origin", "origin_number", "item", "is_private", "partner", "owner", "amount", "due", "done_on", "done_at", "done_by", "result", "cancelled_at", "cancel_reason", "created_by", "created_at")
WITH steps AS (
	SELECT n."seq", n."forum_id", n."review", n."content", n."due", n."member", n."at", r."partner",
		row_number() OVER (PARTITION BY n."forum_id", r."partner" ORDER BY n."seq") AS item
	FROM "review_notes" n JOIN "reviews" r ON r."forum_id" = n."forum_id" AND r."number" = n."review"
	WHERE n."kind" = 'step'
), done AS (
	SELECT n."forum_id", r."partner", n."content"::integer AS item, max(n."seq") AS seq
	FROM "review_notes" n JOIN "reviews" r ON r."forum_id" = n."forum_id" AND r."number" = n."review"
	WHERE n."kind" = 'done' GROUP BY n."forum_id", r."partner", n."content"::integer
), moved AS (
	SELECT c."forum_id", c."what" AS title, 'agreement' AS origin, c."agreement" AS origin_number, c."item", false AS is_private,
		c."partner", c."amount", c."due", c."done_on", null::timestamp with time zone AS done_at, c."done_by", c."note" AS result,
		coalesce((SELECT e."member" FROM "events" e WHERE e."forum_id" = c."forum_id" AND e."thing" = 'agreement'
			AND e."number" = c."agreement" AND e."kind" = 'agreement.committed' AND (e."data"->>'item')::integer = c."item"
			ORDER BY e."seq" LIMIT 1), a."created_by") AS created_by, c."created_at"
	FROM "commitments" c JOIN "agreements" a ON a."forum_id" = c."forum_id" AND a."number" = c."agreement"
	UNION ALL
	SELECT s."forum_id", s."content", 'talk', s."review", s."item"::integer, true, s."partner", null::bigint, s."due",
		to_char(d."at" at time zone 'UTC', 'YYYY-MM-DD'), d."at", d."member", null::text, s."member", s."at"
	FROM steps s
	LEFT JOIN done ON done."forum_id" = s."forum_id" AND done."partner" = s."partner" AND done."item" = s."item"
	LEFT JOIN "review_notes" d ON d."seq" = done."seq"
)
SELECT "forum_id", row_number() OVER (PARTITION BY "forum_id" ORDER BY "created_at", "origin", "origin_number", "item")::integer,
	"title", lower("title"), "origin", "origin_number", "item", "is_private", "partner", null::integer, "amount", "due",
	"done_on", "done_at", "done_by", "result", null::timestamp with time zone, null::text, "created_by", "created_at"
FROM moved;
--> statement-breakpoint
INSERT INTO "counters" ("forum_id", "thing", "last") SELECT "forum_id", 'action', max("number") FROM "actions" GROUP BY "forum_id";
--> statement-breakpoint
UPDATE "occurrences" SET "state" = 'suppressed', "reason" = 'an action by now', "leased_until" = null, "done_at" = now() WHERE "state" = 'pending' AND "kind" IN ('commitment', 'review_step');
--> statement-breakpoint
-- What no statement can tell (the local day of an instant, a title folded, a ladder of reminders) a job of each forum does.
INSERT INTO "occurrences" ("forum_id", "key", "kind", "subject", "due", "state") SELECT DISTINCT "forum_id", 'actions_moved', 'actions_moved', '', timestamp with time zone '1970-01-01 00:00:00+00', 'pending' FROM "actions";
--> statement-breakpoint
DELETE FROM "review_notes" WHERE "kind" <> 'statement';
