ALTER TABLE "deliveries" ADD COLUMN "ref" text;--> statement-breakpoint
CREATE INDEX "deliveries_ref" ON "deliveries" USING btree ("platform","ref") WHERE ref is not null;