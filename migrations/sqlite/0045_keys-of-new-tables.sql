DROP INDEX `calendar_tokens_of`;--> statement-breakpoint
CREATE INDEX `calendar_tokens_by` ON `calendar_tokens` (`forum_id`,`member`);--> statement-breakpoint
CREATE INDEX `assessment_answers_of` ON `assessment_answers` (`forum_id`,`assessment`);--> statement-breakpoint
CREATE INDEX `assessment_answers_by` ON `assessment_answers` (`forum_id`,`member`);--> statement-breakpoint
CREATE INDEX `assessment_settlements_of` ON `assessment_settlements` (`forum_id`,`assessment`);--> statement-breakpoint
CREATE INDEX `assessment_settlements_by` ON `assessment_settlements` (`forum_id`,`settled_by`);