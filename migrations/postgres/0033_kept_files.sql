CREATE TABLE "file_parts" (
	"forum_id" text NOT NULL,
	"hash" text NOT NULL,
	"part" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "file_parts_forum_id_hash_part_pk" PRIMARY KEY("forum_id","hash","part")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"forum_id" text NOT NULL,
	"hash" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"complete" boolean NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "files_forum_id_hash_pk" PRIMARY KEY("forum_id","hash")
);
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "file" text;--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "file" text;--> statement-breakpoint
ALTER TABLE "file_parts" ADD CONSTRAINT "file_parts_forum_id_hash_files_forum_id_hash_fk" FOREIGN KEY ("forum_id","hash") REFERENCES "public"."files"("forum_id","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_forum_id_forums_id_fk" FOREIGN KEY ("forum_id") REFERENCES "public"."forums"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_expire" ON "files" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "evidence_file" ON "evidence" USING btree ("forum_id","file") WHERE file is not null;