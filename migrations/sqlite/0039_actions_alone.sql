DROP TABLE `commitments`;--> statement-breakpoint
ALTER TABLE `review_notes` DROP COLUMN `kind`;--> statement-breakpoint
ALTER TABLE `review_notes` DROP COLUMN `due`;