CREATE TABLE "alert_feeds" (
	"address" text PRIMARY KEY NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"well_at" timestamp (3) with time zone,
	"failures" integer NOT NULL,
	"fault" text
);
--> statement-breakpoint
CREATE TABLE "alert_offers" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"sender" text NOT NULL,
	"identifier" text NOT NULL,
	"sent" timestamp (3) with time zone NOT NULL,
	"alert" jsonb NOT NULL,
	"life" text NOT NULL,
	"follows" integer,
	"state" text NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp (3) with time zone,
	"announcement" integer,
	CONSTRAINT "alert_offers_forum_id_number_pk" PRIMARY KEY("forum_id","number")
);
--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "shapes" text;--> statement-breakpoint
ALTER TABLE "announcements" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "alert_offers" ADD CONSTRAINT "alert_offers_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_offers" ADD CONSTRAINT "alert_offers_forum_id_decided_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","decided_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_offers_once" ON "alert_offers" USING btree ("forum_id","sender","identifier","sent");