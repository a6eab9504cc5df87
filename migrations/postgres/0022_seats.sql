CREATE TABLE "seat_requests" (
	"forum_id" text NOT NULL,
	"member" integer NOT NULL,
	"partner" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seat_requests_forum_id_member_pk" PRIMARY KEY("forum_id","member")
);
--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "confirmed_by" integer;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seat_requests" ADD CONSTRAINT "seat_requests_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_requests" ADD CONSTRAINT "seat_requests_forum_id_member_members_forum_id_number_fk" FOREIGN KEY ("forum_id","member") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_requests" ADD CONSTRAINT "seat_requests_forum_id_partner_partners_forum_id_number_fk" FOREIGN KEY ("forum_id","partner") REFERENCES "public"."partners"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "seat_requests_partner" ON "seat_requests" USING btree ("forum_id","partner");--> statement-breakpoint
UPDATE agreements SET confirmed_at = created_at;--> statement-breakpoint
UPDATE agreement_parties SET confirmed_at = (SELECT created_at FROM agreements a WHERE a.forum_id = agreement_parties.forum_id AND a.number = agreement_parties.agreement);