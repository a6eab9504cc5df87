DROP INDEX "deliveries_leased";--> statement-breakpoint
DROP INDEX "occurrences_leased";--> statement-breakpoint
CREATE INDEX "deliveries_leased" ON "deliveries" USING btree ("platform","workspace","channel","leased_until") WHERE leased_until is not null;--> statement-breakpoint
CREATE INDEX "occurrences_leased" ON "occurrences" USING btree ("forum_id","leased_until") WHERE leased_until is not null;