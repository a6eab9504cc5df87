CREATE TABLE "entries" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"direction" text NOT NULL,
	"amount" bigint NOT NULL,
	"purpose" text NOT NULL,
	"folded" text NOT NULL,
	"partner" integer,
	"activity" integer,
	"date" text NOT NULL,
	"reverses" integer,
	"reason" text,
	"needs_approval" boolean NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorder_partner" integer,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "entries_forum_id_number_pk" PRIMARY KEY("forum_id","number"),
	CONSTRAINT "entries_direction" CHECK ("entries"."direction" in ('in', 'out')),
	CONSTRAINT "entries_amount" CHECK (("entries"."reverses" is null and "entries"."amount" > 0) or ("entries"."reverses" is not null and "entries"."amount" < 0 and "entries"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"forum_id" text NOT NULL,
	"position" integer NOT NULL,
	"step" text NOT NULL,
	"entry" integer NOT NULL,
	"member" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "ledger_lines_forum_id_position_pk" PRIMARY KEY("forum_id","position"),
	CONSTRAINT "ledger_lines_step_known" CHECK ("ledger_lines"."step" in ('recorded', 'approved'))
);
--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_forum_id_partner_partners_forum_id_number_fk" FOREIGN KEY ("forum_id","partner") REFERENCES "public"."partners"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_forum_id_activity_activities_forum_id_number_fk" FOREIGN KEY ("forum_id","activity") REFERENCES "public"."activities"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_forum_id_recorded_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","recorded_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_forum_id_reverses_entries_forum_id_number_fk" FOREIGN KEY ("forum_id","reverses") REFERENCES "public"."entries"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_forum_id_entry_entries_forum_id_number_fk" FOREIGN KEY ("forum_id","entry") REFERENCES "public"."entries"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_forum_id_member_members_forum_id_number_fk" FOREIGN KEY ("forum_id","member") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entries_date" ON "entries" USING btree ("forum_id","date","number");--> statement-breakpoint
CREATE UNIQUE INDEX "entries_reverses" ON "entries" USING btree ("forum_id","reverses");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_lines_step" ON "ledger_lines" USING btree ("forum_id","entry","step");