CREATE TABLE "secret_ballots" (
	"forum_id" text NOT NULL,
	"strategy" integer NOT NULL,
	"unit" integer NOT NULL,
	"choice" text,
	"reason" text,
	"cast_by" integer NOT NULL,
	"before" jsonb NOT NULL,
	CONSTRAINT "secret_ballots_forum_id_strategy_unit_pk" PRIMARY KEY("forum_id","strategy","unit")
);
--> statement-breakpoint
ALTER TABLE "ballots" ALTER COLUMN "cast_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "secret_ballots" ADD CONSTRAINT "secret_ballots_forum_id_strategy_strategies_forum_id_number_fk" FOREIGN KEY ("forum_id","strategy") REFERENCES "public"."strategies"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_ballots" ADD CONSTRAINT "secret_ballots_forum_id_cast_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","cast_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The choices of votes that are open move to the one table that ties them to their units.
INSERT INTO secret_ballots (forum_id, strategy, unit, choice, reason, cast_by, before)
SELECT b.forum_id, b.strategy, b.unit, v.choice, v.reason, b.cast_by, '[]'::jsonb FROM ballots b JOIN secret_votes v ON v.key = b.secret_key;
--> statement-breakpoint
DELETE FROM secret_votes WHERE key IN (SELECT secret_key FROM ballots WHERE secret_key IS NOT NULL);
--> statement-breakpoint
DELETE FROM ballots WHERE secret_key IS NOT NULL;
--> statement-breakpoint
-- When a secret ballot was cast stands nowhere any more, nor in which order; recusals are open, and stay.
DELETE FROM events WHERE kind = 'strategy.voted' AND EXISTS (SELECT 1 FROM strategies s WHERE s.forum_id = events.forum_id AND s.number = events.number AND (s.rule->>'secret')::boolean) AND (events.data->>'ballot')::integer NOT IN (SELECT seq FROM ballots WHERE choice IS NOT NULL);
--> statement-breakpoint
ALTER TABLE "ballots" DROP COLUMN "secret_key";
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
INSERT INTO secret_votes (key, forum_id, strategy, choice, reason) SELECT gen_random_uuid()::text, forum_id, strategy, choice, reason FROM secret_words ORDER BY forum_id, strategy, choice, reason;
--> statement-breakpoint
DROP TABLE secret_words;
--> statement-breakpoint
CREATE TABLE "approval_voids" (
	"forum_id" text NOT NULL,
	"position" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "approval_voids_forum_id_position_pk" PRIMARY KEY("forum_id","position")
);
--> statement-breakpoint
DROP INDEX "ledger_lines_step";--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "cut" jsonb;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "lent_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "undone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "approval_voids" ADD CONSTRAINT "approval_voids_forum_id_position_ledger_lines_forum_id_position_fk" FOREIGN KEY ("forum_id","position") REFERENCES "public"."ledger_lines"("forum_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_lines_entry" ON "ledger_lines" USING btree ("forum_id","entry","step");--> statement-breakpoint
-- Links of before were merged at once, and stay.
UPDATE links SET lent_at = answered_at WHERE linked;--> statement-breakpoint
UPDATE links SET claimed_at = used_at WHERE used_at IS NOT NULL;
