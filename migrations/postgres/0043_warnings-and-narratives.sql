ALTER TABLE "announcements" ADD COLUMN "life" text DEFAULT 'alert' NOT NULL;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "follows" integer;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "event" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "onset" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "certainty" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "area" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "effective" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "expires" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "instruction" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "exercise" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "goals" ADD COLUMN "sector" text;--> statement-breakpoint
ALTER TABLE "goals" ADD COLUMN "narrative" text;--> statement-breakpoint
CREATE INDEX "announcements_follows" ON "announcements" USING btree ("forum_id","follows");