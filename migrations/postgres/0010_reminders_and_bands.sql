ALTER TABLE "accounts" ADD COLUMN "refusals" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "baseline_source" text;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "definition" text;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "needs_proof" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "scale" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "indicator" integer;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "quiet_from" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "quiet_to" text;--> statement-breakpoint
CREATE INDEX "deliveries_member" ON "deliveries" USING btree ("forum_id","member","topic") WHERE member is not null;