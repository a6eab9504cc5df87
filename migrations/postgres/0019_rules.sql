ALTER TABLE "strategies" ADD COLUMN "review_reason" text;--> statement-breakpoint
ALTER TABLE "strategies" ADD COLUMN "reviewed_by" integer;--> statement-breakpoint
ALTER TABLE "strategies" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "strategies" ADD COLUMN "ends" integer;--> statement-breakpoint
ALTER TABLE "strategies" ADD COLUMN "ended_by" integer;--> statement-breakpoint
ALTER TABLE "strategy_versions" ADD COLUMN "made" text DEFAULT 'carried' NOT NULL;--> statement-breakpoint
UPDATE strategy_versions SET made = 'ended' WHERE EXISTS (SELECT 1 FROM strategy_versions earlier WHERE earlier.forum_id = strategy_versions.forum_id AND earlier.strategy = strategy_versions.strategy AND earlier.version < strategy_versions.version);
