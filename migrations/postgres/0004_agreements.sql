CREATE TABLE "agreement_parties" (
	"forum_id" text NOT NULL,
	"agreement" integer NOT NULL,
	"partner" integer NOT NULL,
	CONSTRAINT "agreement_parties_forum_id_agreement_partner_pk" PRIMARY KEY("forum_id","agreement","partner")
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"folded" text NOT NULL,
	"kind" text NOT NULL,
	"purpose" text,
	"signed" text,
	"expires" text,
	"link" text,
	"ended_at" timestamp (3) with time zone,
	"end_reason" text,
	"created_by" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agreements_forum_id_number_pk" PRIMARY KEY("forum_id","number"),
	CONSTRAINT "agreements_ended" CHECK ("agreements"."ended_at" is null or "agreements"."end_reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "commitments" (
	"forum_id" text NOT NULL,
	"agreement" integer NOT NULL,
	"item" integer NOT NULL,
	"partner" integer NOT NULL,
	"what" text NOT NULL,
	"due" text NOT NULL,
	"done_on" text,
	"done_by" integer,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "commitments_forum_id_agreement_item_pk" PRIMARY KEY("forum_id","agreement","item")
);
--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD CONSTRAINT "agreement_parties_forum_id_agreement_agreements_forum_id_number_fk" FOREIGN KEY ("forum_id","agreement") REFERENCES "public"."agreements"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD CONSTRAINT "agreement_parties_forum_id_partner_partners_forum_id_number_fk" FOREIGN KEY ("forum_id","partner") REFERENCES "public"."partners"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_forum_id_created_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","created_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_forum_id_agreement_agreements_forum_id_number_fk" FOREIGN KEY ("forum_id","agreement") REFERENCES "public"."agreements"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_forum_id_partner_partners_forum_id_number_fk" FOREIGN KEY ("forum_id","partner") REFERENCES "public"."partners"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_forum_id_done_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","done_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "commitments_due" ON "commitments" USING btree ("forum_id","due");