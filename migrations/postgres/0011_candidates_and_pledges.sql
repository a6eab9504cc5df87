ALTER TABLE "commitments" ADD COLUMN "amount" bigint;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "candidate_since" timestamp (3) with time zone;