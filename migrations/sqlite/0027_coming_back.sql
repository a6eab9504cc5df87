ALTER TABLE `invitations` ADD `at_once` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `places` ADD `put_out` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- Places from which versions before were put out go on, too, when the bot is let in again.
UPDATE `places` SET `put_out` = 1 WHERE `left_at` IS NOT NULL AND EXISTS (SELECT 1 FROM `events` WHERE `events`.`forum_id` = `places`.`forum_id` AND `events`.`kind` = 'place.left' AND `events`.`at` = `places`.`left_at` AND json_extract(`events`.`data`, '$.putOut') = 1 AND json_extract(`events`.`data`, '$.workspace') = `places`.`workspace`);
