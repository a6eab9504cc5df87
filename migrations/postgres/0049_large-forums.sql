DROP INDEX "activities_date";--> statement-breakpoint
CREATE INDEX "activities_by" ON "activities" USING btree ("forum_id","created_by","date","state");--> statement-breakpoint
CREATE INDEX "attendances_unknown" ON "attendances" USING btree ("forum_id","activity") WHERE came is null;--> statement-breakpoint
CREATE INDEX "reports_of" ON "reports" USING btree ("forum_id","indicator","seq");--> statement-breakpoint
CREATE INDEX "activities_date" ON "activities" USING btree ("forum_id","date","number","state");