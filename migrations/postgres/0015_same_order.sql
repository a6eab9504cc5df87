-- Names are ordered and compared by code point, as SQLite does, whatever the collation of the database.
ALTER TABLE "members" ALTER COLUMN "folded" TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "partners" ALTER COLUMN "folded" TYPE text COLLATE "C";--> statement-breakpoint
-- What is searched is words and nothing else: PostgreSQL would read others as addresses, versions and signs.
UPDATE "activities" SET "search" = btrim(regexp_replace("search", '[\x01-\x2f\x3a-\x60\x7b-\x7f]+', ' ', 'g'));
