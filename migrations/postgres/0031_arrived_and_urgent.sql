ALTER TABLE "deliveries" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "arrived" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_urgent" ON "deliveries" USING btree ("platform","next_at") WHERE next_at is not null and urgent;