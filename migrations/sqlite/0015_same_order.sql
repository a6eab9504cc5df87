-- SQLite orders names and takes texts apart into words as wanted; this only keeps both histories in step.
UPDATE `activities` SET `search` = `search`;
