CREATE TABLE "announcements" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"content" text NOT NULL,
	"urgency" text NOT NULL,
	"reason" text,
	"written_by" integer NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"sent_by" integer,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "announcements_forum_id_number_pk" PRIMARY KEY("forum_id","number")
);
--> statement-breakpoint
CREATE TABLE "sightings" (
	"forum_id" text NOT NULL,
	"announcement" integer NOT NULL,
	"member" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sightings_forum_id_announcement_member_pk" PRIMARY KEY("forum_id","announcement","member")
);
--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_forum_id_written_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","written_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_forum_id_sent_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","sent_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_forum_id_announcement_announcements_forum_id_number_fk" FOREIGN KEY ("forum_id","announcement") REFERENCES "public"."announcements"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_forum_id_member_members_forum_id_number_fk" FOREIGN KEY ("forum_id","member") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;