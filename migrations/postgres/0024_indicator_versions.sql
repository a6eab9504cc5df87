CREATE TABLE "indicator_versions" (
	"forum_id" text NOT NULL,
	"indicator" integer NOT NULL,
	"version" integer NOT NULL,
	"since" text NOT NULL,
	"set" jsonb NOT NULL,
	"reason" text,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "indicator_versions_forum_id_indicator_version_pk" PRIMARY KEY("forum_id","indicator","version")
);
--> statement-breakpoint
ALTER TABLE "indicators" ALTER COLUMN "baseline" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "indicators" ALTER COLUMN "target" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "value" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "numerator" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "denominator" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "span" text DEFAULT 'course' NOT NULL;--> statement-breakpoint
ALTER TABLE "indicator_versions" ADD CONSTRAINT "indicator_versions_forum_id_indicator_indicators_forum_id_number_fk" FOREIGN KEY ("forum_id","indicator") REFERENCES "public"."indicators"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE indicators SET span = 'year' FROM forums f WHERE f.id = forum_id AND aggregate = 'sum' AND substr(coalesce(baseline_date, (indicators.created_at AT TIME ZONE f.zone)::date::text), 1, 4) IS DISTINCT FROM substr(due, 1, 4);--> statement-breakpoint
WITH changes AS (
  SELECT e.forum_id, e.number AS indicator, e.at, e.seq, e.data ->> 'value' AS target, e.data ->> 'before' AS before, true AS known FROM events e WHERE e.kind = 'indicator.target' AND e.data ->> 'period' IS NULL
  UNION ALL
  SELECT s.forum_id, s.indicator, s.closed_at, 0, s.new_target::text, NULL, false FROM strategies s WHERE s.outcome = 'carried' AND s.new_target IS NOT NULL AND s.indicator IS NOT NULL
),
ordered AS (SELECT c.*, row_number() OVER (PARTITION BY forum_id, indicator ORDER BY at, seq)::integer AS nth FROM changes c)
INSERT INTO indicator_versions (forum_id, indicator, version, since, "set", reason, made_at)
SELECT i.forum_id, i.number, 1, (i.created_at AT TIME ZONE f.zone)::date::text, jsonb_build_object('name', i.name, 'goal', i.goal, 'unit', i.unit, 'direction', i.direction, 'baseline', i.baseline, 'baselineDate', i.baseline_date, 'baselineSource', i.baseline_source, 'target', CASE WHEN o.known THEN o.before ELSE i.target END, 'due', i.due, 'frequency', i.frequency, 'valueKind', i.value_kind, 'aggregate', i.aggregate, 'partnersAggregate', i.partners_aggregate, 'definition', i.definition, 'scale', i.scale, 'green', i.green, 'amber', i.amber) || jsonb_build_object('partners', (SELECT coalesce(jsonb_agg(ip.partner ORDER BY ip.partner), '[]'::jsonb) FROM indicator_partners ip WHERE ip.forum_id = i.forum_id AND ip.indicator = i.number), 'periodTargets', (SELECT coalesce(jsonb_object_agg(t.period, t.target::text), '{}'::jsonb) FROM period_targets t WHERE t.forum_id = i.forum_id AND t.indicator = i.number)), NULL, i.created_at
FROM indicators i JOIN forums f ON f.id = i.forum_id LEFT JOIN ordered o ON o.forum_id = i.forum_id AND o.indicator = i.number AND o.nth = 1;--> statement-breakpoint
WITH changes AS (
  SELECT e.forum_id, e.number AS indicator, e.at, e.seq, e.data ->> 'value' AS target, e.data ->> 'before' AS before, true AS known FROM events e WHERE e.kind = 'indicator.target' AND e.data ->> 'period' IS NULL
  UNION ALL
  SELECT s.forum_id, s.indicator, s.closed_at, 0, s.new_target::text, NULL, false FROM strategies s WHERE s.outcome = 'carried' AND s.new_target IS NOT NULL AND s.indicator IS NOT NULL
),
ordered AS (SELECT c.*, row_number() OVER (PARTITION BY forum_id, indicator ORDER BY at, seq)::integer AS nth FROM changes c)
INSERT INTO indicator_versions (forum_id, indicator, version, since, "set", reason, made_at)
SELECT o.forum_id, o.indicator, o.nth + 1, (o.at AT TIME ZONE f.zone)::date::text, jsonb_build_object('target', o.target), NULL, o.at FROM ordered o JOIN indicators i ON i.forum_id = o.forum_id AND i.number = o.indicator JOIN forums f ON f.id = o.forum_id;
