ALTER TABLE "indicators" ADD COLUMN "fill" jsonb;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "sources" jsonb;