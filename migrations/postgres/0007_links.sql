CREATE TABLE "links" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"hash" text NOT NULL,
	"member" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"other" integer,
	"used_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"linked" boolean,
	CONSTRAINT "links_forum_id_number_pk" PRIMARY KEY("forum_id","number")
);
--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_forum_id_member_members_forum_id_number_fk" FOREIGN KEY ("forum_id","member") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_forum_id_other_members_forum_id_number_fk" FOREIGN KEY ("forum_id","other") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "links_hash" ON "links" USING btree ("hash");