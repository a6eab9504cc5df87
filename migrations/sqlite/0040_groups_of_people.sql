ALTER TABLE `activities` ADD `groups` text;
--> statement-breakpoint
UPDATE `activities` SET `groups` = json_object('women', `women`) WHERE `women` IS NOT NULL;
--> statement-breakpoint
-- The groups of a value: women and men by one name each. Where two names mean the same group, both stay as they are.
UPDATE `reports` SET `parts` = (
  SELECT json_group_object(CASE WHEN lower(trim(key)) IN ('perempuan','wanita','women','woman','female','p','pr','w','f') THEN 'women' WHEN lower(trim(key)) IN ('laki-laki','laki laki','lakilaki','laki','pria','men','man','male','l','lk','m') THEN 'men' ELSE key END, value) FROM json_each(`reports`.`parts`)
) WHERE `parts` IS NOT NULL AND (
  SELECT count(*) = count(DISTINCT CASE WHEN lower(trim(key)) IN ('perempuan','wanita','women','woman','female','p','pr','w','f') THEN 'women' WHEN lower(trim(key)) IN ('laki-laki','laki laki','lakilaki','laki','pria','men','man','male','l','lk','m') THEN 'men' ELSE key END) AND count(*) > 0 FROM json_each(`reports`.`parts`)
);
--> statement-breakpoint
-- What can still be taken back of an import.
UPDATE `import_rows` SET `before` = json_set(
  json_remove(`before`, '$.women'),
  '$.groups', json(CASE WHEN json_extract(`before`, '$.women') IS NOT NULL THEN json_object('women', json_extract(`before`, '$.women')) END)
) WHERE `thing` = 'activity' AND json_type(`before`, '$.women') IS NOT NULL;