CREATE TABLE "import_rows" (
	"forum_id" text NOT NULL,
	"import" integer NOT NULL,
	"item" integer NOT NULL,
	"thing" text NOT NULL,
	"number" integer NOT NULL,
	"before" jsonb,
	"after" jsonb NOT NULL,
	"event" integer NOT NULL,
	CONSTRAINT "import_rows_forum_id_import_item_pk" PRIMARY KEY("forum_id","import","item")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"forum_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"file" text NOT NULL,
	"counts" jsonb NOT NULL,
	"made_by" integer NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"undone_by" integer,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "imports_forum_id_number_pk" PRIMARY KEY("forum_id","number")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "from_import" integer;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_forum_id_import_imports_forum_id_number_fk" FOREIGN KEY ("forum_id","import") REFERENCES "public"."imports"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_forum_id_made_by_members_forum_id_number_fk" FOREIGN KEY ("forum_id","made_by") REFERENCES "public"."members"("forum_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_at" ON "imports" USING btree ("made_at");