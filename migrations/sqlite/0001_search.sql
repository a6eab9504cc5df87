CREATE VIRTUAL TABLE activity_search USING fts5(search, content='activities', content_rowid='seq', tokenize='unicode61');
--> statement-breakpoint
CREATE TRIGGER activities_search_insert AFTER INSERT ON activities BEGIN
  INSERT INTO activity_search (rowid, search) VALUES (new.seq, new.search);
END;
--> statement-breakpoint
CREATE TRIGGER activities_search_update AFTER UPDATE OF search ON activities BEGIN
  INSERT INTO activity_search (activity_search, rowid, search) VALUES ('delete', old.seq, old.search);
  INSERT INTO activity_search (rowid, search) VALUES (new.seq, new.search);
END;
--> statement-breakpoint
CREATE TRIGGER activities_search_delete AFTER DELETE ON activities BEGIN
  INSERT INTO activity_search (activity_search, rowid, search) VALUES ('delete', old.seq, old.search);
END;
