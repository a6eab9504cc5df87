ALTER TABLE `reports` ADD `late` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- Listed apart from now on; of corrections made before it is not known whether they were late.
UPDATE `reports` SET `late` = 1 WHERE `on_time` = 0;
