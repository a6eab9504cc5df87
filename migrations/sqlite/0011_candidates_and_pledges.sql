ALTER TABLE `commitments` ADD `amount` integer;--> statement-breakpoint
ALTER TABLE `partners` ADD `candidate_since` integer;