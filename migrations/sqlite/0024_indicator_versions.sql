CREATE TABLE `indicator_versions` (
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`version` integer NOT NULL,
	`since` text NOT NULL,
	`set` text NOT NULL,
	`reason` text,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `indicator`, `version`),
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_indicators` (
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`goal` integer,
	`unit` text NOT NULL,
	`direction` text NOT NULL,
	`baseline` text,
	`baseline_date` text,
	`baseline_source` text,
	`target` text,
	`due` text,
	`frequency` text NOT NULL,
	`value_kind` text NOT NULL,
	`aggregate` text NOT NULL,
	`span` text DEFAULT 'course' NOT NULL,
	`partners_aggregate` text NOT NULL,
	`due_days` integer NOT NULL,
	`lock_days` integer NOT NULL,
	`definition` text,
	`needs_proof` integer DEFAULT false NOT NULL,
	`scale` text,
	`green` integer NOT NULL,
	`amber` integer NOT NULL,
	`version` integer NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	PRIMARY KEY(`forum_id`, `number`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`goal`) REFERENCES `goals`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum_id`,`created_by`) REFERENCES `members`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "indicators_bands" CHECK("__new_indicators"."amber" <= "__new_indicators"."green")
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_indicators`("forum_id", "number", "name", "folded", "goal", "unit", "direction", "baseline", "baseline_date", "baseline_source", "target", "due", "frequency", "value_kind", "aggregate", "span", "partners_aggregate", "due_days", "lock_days", "definition", "needs_proof", "scale", "green", "amber", "version", "created_by", "created_at", "retired_at") SELECT "forum_id", "number", "name", "folded", "goal", "unit", "direction", CASE WHEN "baseline" IS NULL THEN NULL WHEN "baseline" = CAST("baseline" AS INTEGER) AND abs("baseline") < 1e15 THEN CAST(CAST("baseline" AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', "baseline") AS REAL) = "baseline" THEN printf('%!.15g', "baseline") WHEN CAST(printf('%!.16g', "baseline") AS REAL) = "baseline" THEN printf('%!.16g', "baseline") ELSE printf('%!.17g', "baseline") END, "baseline_date", "baseline_source", CASE WHEN "target" IS NULL THEN NULL WHEN "target" = CAST("target" AS INTEGER) AND abs("target") < 1e15 THEN CAST(CAST("target" AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', "target") AS REAL) = "target" THEN printf('%!.15g', "target") WHEN CAST(printf('%!.16g', "target") AS REAL) = "target" THEN printf('%!.16g', "target") ELSE printf('%!.17g', "target") END, "due", "frequency", "value_kind", "aggregate", CASE WHEN "aggregate" <> 'sum' OR substr(coalesce("baseline_date", date("created_at" / 1000, 'unixepoch', '+7 hours')), 1, 4) = substr("due", 1, 4) THEN 'course' ELSE 'year' END, "partners_aggregate", "due_days", "lock_days", "definition", "needs_proof", "scale", "green", "amber", "version", "created_by", "created_at", "retired_at" FROM `indicators`;--> statement-breakpoint
DROP TABLE `indicators`;--> statement-breakpoint
ALTER TABLE `__new_indicators` RENAME TO `indicators`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE TABLE `__new_reports` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`forum_id` text NOT NULL,
	`indicator` integer NOT NULL,
	`period` text NOT NULL,
	`partner` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text,
	`numerator` text,
	`denominator` text,
	`parts` text,
	`note` text,
	`reason` text,
	`constrained` text,
	`state` text NOT NULL,
	`return_reason` text,
	`reported_by` integer NOT NULL,
	`reported_at` integer NOT NULL,
	`on_time` integer NOT NULL,
	`in_force` integer NOT NULL,
	FOREIGN KEY (`forum_id`,`indicator`) REFERENCES `indicators`(`forum_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reports_value" CHECK("__new_reports"."kind" <> 'value' or "__new_reports"."value" is not null)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_reports`("seq", "forum_id", "indicator", "period", "partner", "kind", "value", "numerator", "denominator", "parts", "note", "reason", "constrained", "state", "return_reason", "reported_by", "reported_at", "on_time", "in_force") SELECT "seq", "forum_id", "indicator", "period", "partner", "kind", CASE WHEN "value" IS NULL THEN NULL WHEN "value" = CAST("value" AS INTEGER) AND abs("value") < 1e15 THEN CAST(CAST("value" AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', "value") AS REAL) = "value" THEN printf('%!.15g', "value") WHEN CAST(printf('%!.16g', "value") AS REAL) = "value" THEN printf('%!.16g', "value") ELSE printf('%!.17g', "value") END, CASE WHEN "numerator" IS NULL THEN NULL WHEN "numerator" = CAST("numerator" AS INTEGER) AND abs("numerator") < 1e15 THEN CAST(CAST("numerator" AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', "numerator") AS REAL) = "numerator" THEN printf('%!.15g', "numerator") WHEN CAST(printf('%!.16g', "numerator") AS REAL) = "numerator" THEN printf('%!.16g', "numerator") ELSE printf('%!.17g', "numerator") END, CASE WHEN "denominator" IS NULL THEN NULL WHEN "denominator" = CAST("denominator" AS INTEGER) AND abs("denominator") < 1e15 THEN CAST(CAST("denominator" AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', "denominator") AS REAL) = "denominator" THEN printf('%!.15g', "denominator") WHEN CAST(printf('%!.16g', "denominator") AS REAL) = "denominator" THEN printf('%!.16g', "denominator") ELSE printf('%!.17g', "denominator") END, "parts", "note", "reason", "constrained", "state", "return_reason", "reported_by", "reported_at", "on_time", "in_force" FROM `reports`;--> statement-breakpoint
DROP TABLE `reports`;--> statement-breakpoint
ALTER TABLE `__new_reports` RENAME TO `reports`;--> statement-breakpoint
CREATE UNIQUE INDEX `reports_in_force` ON `reports` (`forum_id`,`indicator`,`period`,`partner`) WHERE in_force;--> statement-breakpoint
CREATE INDEX `reports_at` ON `reports` (`forum_id`,`reported_at`);--> statement-breakpoint
WITH changes AS (
  SELECT e.forum_id, e.number AS indicator, e.at, e.seq, (SELECT CASE WHEN x.v IS NULL THEN NULL WHEN x.v = CAST(x.v AS INTEGER) AND abs(x.v) < 1e15 THEN CAST(CAST(x.v AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', x.v) AS REAL) = x.v THEN printf('%!.15g', x.v) WHEN CAST(printf('%!.16g', x.v) AS REAL) = x.v THEN printf('%!.16g', x.v) ELSE printf('%!.17g', x.v) END FROM (SELECT json_extract(e.data, '$.value') AS v) x) AS target, (SELECT CASE WHEN x.v IS NULL THEN NULL WHEN x.v = CAST(x.v AS INTEGER) AND abs(x.v) < 1e15 THEN CAST(CAST(x.v AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', x.v) AS REAL) = x.v THEN printf('%!.15g', x.v) WHEN CAST(printf('%!.16g', x.v) AS REAL) = x.v THEN printf('%!.16g', x.v) ELSE printf('%!.17g', x.v) END FROM (SELECT json_extract(e.data, '$.before') AS v) x) AS before, 1 AS known FROM events e WHERE e.kind = 'indicator.target' AND json_extract(e.data, '$.period') IS NULL
  UNION ALL
  SELECT s.forum_id, s.indicator, s.closed_at, 0, CASE WHEN s.new_target IS NULL THEN NULL WHEN s.new_target = CAST(s.new_target AS INTEGER) AND abs(s.new_target) < 1e15 THEN CAST(CAST(s.new_target AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', s.new_target) AS REAL) = s.new_target THEN printf('%!.15g', s.new_target) WHEN CAST(printf('%!.16g', s.new_target) AS REAL) = s.new_target THEN printf('%!.16g', s.new_target) ELSE printf('%!.17g', s.new_target) END, NULL, 0 FROM strategies s WHERE s.outcome = 'carried' AND s.new_target IS NOT NULL AND s.indicator IS NOT NULL
),
ordered AS (SELECT c.*, row_number() OVER (PARTITION BY forum_id, indicator ORDER BY at, seq) AS nth FROM changes c)
INSERT INTO indicator_versions (forum_id, indicator, version, since, "set", reason, made_at)
SELECT i.forum_id, i.number, 1, date(i.created_at / 1000, 'unixepoch', CASE f.zone WHEN 'UTC' THEN '+0 hours' WHEN 'Asia/Makassar' THEN '+8 hours' WHEN 'Asia/Jayapura' THEN '+9 hours' ELSE '+7 hours' END), json_object('name', i.name, 'goal', i.goal, 'unit', i.unit, 'direction', i.direction, 'baseline', i.baseline, 'baselineDate', i.baseline_date, 'baselineSource', i.baseline_source, 'target', CASE WHEN o.known = 1 THEN o.before ELSE i.target END, 'due', i.due, 'frequency', i.frequency, 'valueKind', i.value_kind, 'aggregate', i.aggregate, 'partnersAggregate', i.partners_aggregate, 'definition', i.definition, 'scale', i.scale, 'green', i.green, 'amber', i.amber, 'partners', json((SELECT json_group_array(p.partner) FROM (SELECT partner FROM indicator_partners ip WHERE ip.forum_id = i.forum_id AND ip.indicator = i.number ORDER BY partner) p)), 'periodTargets', json((SELECT json_group_object(t.period, CASE WHEN t.target IS NULL THEN NULL WHEN t.target = CAST(t.target AS INTEGER) AND abs(t.target) < 1e15 THEN CAST(CAST(t.target AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', t.target) AS REAL) = t.target THEN printf('%!.15g', t.target) WHEN CAST(printf('%!.16g', t.target) AS REAL) = t.target THEN printf('%!.16g', t.target) ELSE printf('%!.17g', t.target) END) FROM period_targets t WHERE t.forum_id = i.forum_id AND t.indicator = i.number))), NULL, i.created_at
FROM indicators i JOIN forums f ON f.id = i.forum_id LEFT JOIN ordered o ON o.forum_id = i.forum_id AND o.indicator = i.number AND o.nth = 1;--> statement-breakpoint
WITH changes AS (
  SELECT e.forum_id, e.number AS indicator, e.at, e.seq, (SELECT CASE WHEN x.v IS NULL THEN NULL WHEN x.v = CAST(x.v AS INTEGER) AND abs(x.v) < 1e15 THEN CAST(CAST(x.v AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', x.v) AS REAL) = x.v THEN printf('%!.15g', x.v) WHEN CAST(printf('%!.16g', x.v) AS REAL) = x.v THEN printf('%!.16g', x.v) ELSE printf('%!.17g', x.v) END FROM (SELECT json_extract(e.data, '$.value') AS v) x) AS target, (SELECT CASE WHEN x.v IS NULL THEN NULL WHEN x.v = CAST(x.v AS INTEGER) AND abs(x.v) < 1e15 THEN CAST(CAST(x.v AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', x.v) AS REAL) = x.v THEN printf('%!.15g', x.v) WHEN CAST(printf('%!.16g', x.v) AS REAL) = x.v THEN printf('%!.16g', x.v) ELSE printf('%!.17g', x.v) END FROM (SELECT json_extract(e.data, '$.before') AS v) x) AS before, 1 AS known FROM events e WHERE e.kind = 'indicator.target' AND json_extract(e.data, '$.period') IS NULL
  UNION ALL
  SELECT s.forum_id, s.indicator, s.closed_at, 0, CASE WHEN s.new_target IS NULL THEN NULL WHEN s.new_target = CAST(s.new_target AS INTEGER) AND abs(s.new_target) < 1e15 THEN CAST(CAST(s.new_target AS INTEGER) AS TEXT) WHEN CAST(printf('%!.15g', s.new_target) AS REAL) = s.new_target THEN printf('%!.15g', s.new_target) WHEN CAST(printf('%!.16g', s.new_target) AS REAL) = s.new_target THEN printf('%!.16g', s.new_target) ELSE printf('%!.17g', s.new_target) END, NULL, 0 FROM strategies s WHERE s.outcome = 'carried' AND s.new_target IS NOT NULL AND s.indicator IS NOT NULL
),
ordered AS (SELECT c.*, row_number() OVER (PARTITION BY forum_id, indicator ORDER BY at, seq) AS nth FROM changes c)
INSERT INTO indicator_versions (forum_id, indicator, version, since, "set", reason, made_at)
SELECT o.forum_id, o.indicator, o.nth + 1, date(o.at / 1000, 'unixepoch', CASE f.zone WHEN 'UTC' THEN '+0 hours' WHEN 'Asia/Makassar' THEN '+8 hours' WHEN 'Asia/Jayapura' THEN '+9 hours' ELSE '+7 hours' END), json_object('target', o.target), NULL, o.at FROM ordered o JOIN indicators i ON i.forum_id = o.forum_id AND i.number = o.indicator JOIN forums f ON f.id = o.forum_id;
