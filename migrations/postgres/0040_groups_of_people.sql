ALTER TABLE "activities" ADD COLUMN "groups" jsonb;
--> statement-breakpoint
UPDATE "activities" SET "groups" = jsonb_build_object('women', "women") WHERE "women" IS NOT NULL;
--> statement-breakpoint
-- The groups of a value: women and men by one name each. Where two names mean the same group, both stay as they are.
UPDATE "reports" SET "parts" = (
  SELECT jsonb_object_agg(CASE WHEN lower(trim(key)) IN ('perempuan','wanita','women','woman','female','p','pr','w','f') THEN 'women' WHEN lower(trim(key)) IN ('laki-laki','laki laki','lakilaki','laki','pria','men','man','male','l','lk','m') THEN 'men' ELSE key END, value) FROM jsonb_each("reports"."parts")
) WHERE "parts" IS NOT NULL AND jsonb_typeof("parts") = 'object' AND (
  SELECT count(*) = count(DISTINCT CASE WHEN lower(trim(key)) IN ('perempuan','wanita','women','woman','female','p','pr','w','f') THEN 'women' WHEN lower(trim(key)) IN ('laki-laki','laki laki','lakilaki','laki','pria','men','man','male','l','lk','m') THEN 'men' ELSE key END) AND count(*) > 0 FROM jsonb_each("reports"."parts")
);
--> statement-breakpoint
-- What can still be taken back of an import.
UPDATE "import_rows" SET "before" = ("before" - 'women') || jsonb_build_object(
  'groups', CASE WHEN "before"->>'women' IS NULL THEN NULL ELSE jsonb_build_object('women', "before"->'women') END
) WHERE "thing" = 'activity' AND "before" ? 'women';