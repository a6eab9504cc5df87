ALTER TABLE "invitations" ADD COLUMN "at_once" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "put_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Places from which versions before were put out go on, too, when the bot is let in again.
UPDATE "places" SET "put_out" = true WHERE "left_at" IS NOT NULL AND EXISTS (SELECT 1 FROM "events" WHERE "events"."forum_id" = "places"."forum_id" AND "events"."kind" = 'place.left' AND "events"."at" = "places"."left_at" AND "events"."data"->>'putOut' = 'true' AND "events"."data"->>'workspace' = "places"."workspace");
