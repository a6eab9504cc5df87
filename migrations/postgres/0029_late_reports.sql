ALTER TABLE "reports" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Listed apart from now on; of corrections made before it is not known whether they were late.
UPDATE "reports" SET "late" = true WHERE "on_time" = false;
