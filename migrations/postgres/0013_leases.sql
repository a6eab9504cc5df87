CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"fence" integer NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "leased_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "occurrences" ADD COLUMN "leased_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "deliveries_leased" ON "deliveries" USING btree ("platform","workspace","channel","member") WHERE leased_until is not null;--> statement-breakpoint
CREATE INDEX "occurrences_leased" ON "occurrences" USING btree ("forum_id") WHERE leased_until is not null;