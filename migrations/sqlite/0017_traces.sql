-- Presses on Slack were kept under keys that named who had pressed what. Slack repeats no press after a restart.
DELETE FROM `acts` WHERE `key` LIKE 'slack:%#%';--> statement-breakpoint
UPDATE `deliveries` SET `occurrence` = 'press:' || `seq` || '@' WHERE `occurrence` LIKE 'slack:%#%#%';
--> statement-breakpoint
-- When people came and were last seen could be held against when something was said without a name: the day is enough.
UPDATE `members` SET `created_at` = `created_at` - `created_at` % 86400000;--> statement-breakpoint
UPDATE `accounts` SET `last_seen_at` = `last_seen_at` - `last_seen_at` % 86400000;--> statement-breakpoint
DELETE FROM `drafts` WHERE `action` = 'ir' AND `given` LIKE '%"anonymous"%';
