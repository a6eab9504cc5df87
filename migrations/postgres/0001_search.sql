CREATE INDEX activities_search ON activities USING gin (to_tsvector('simple', search));
