DROP INDEX "deliveries_next";--> statement-breakpoint
CREATE INDEX "accounts_account" ON "accounts" USING btree ("platform","home","account");--> statement-breakpoint
CREATE INDEX "code_attempts_at" ON "code_attempts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "deliveries_done" ON "deliveries" USING btree ("forum_id","done_at") WHERE done_at is not null;--> statement-breakpoint
CREATE INDEX "drafts_of" ON "drafts" USING btree ("platform","workspace","account");--> statement-breakpoint
CREATE INDEX "occurrences_pending" ON "occurrences" USING btree ("forum_id","due") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "occurrences_done" ON "occurrences" USING btree ("forum_id","done_at") WHERE done_at is not null;--> statement-breakpoint
CREATE INDEX "deliveries_next" ON "deliveries" USING btree ("platform","next_at") WHERE next_at is not null;--> statement-breakpoint
DELETE FROM cursors WHERE name = 'pass';