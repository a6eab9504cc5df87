ALTER TABLE "activities" DROP CONSTRAINT "activities_women";--> statement-breakpoint
ALTER TABLE "activities" DROP COLUMN "women";