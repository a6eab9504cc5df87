ALTER TABLE "activities" ADD COLUMN "area" text;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "area" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "area" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "area" text;