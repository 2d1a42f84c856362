-- Cases by their words, each cut to what a search asks for at most; signs and blanks stand between them.
ALTER TABLE "Cases" ADD COLUMN "Words" tsvector;
CREATE FUNCTION case_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."Words" := array_to_tsvector(ARRAY(
        SELECT DISTINCT left(word, 100)
        FROM regexp_split_to_table(NEW."Search", '[\s!-/:-@\[-`{-~\u00A0-\u00BF\u2000-\u206F\u3000-\u303F]+') AS word
        WHERE word <> ''
    ));
    RETURN NEW;
END $$;
CREATE TRIGGER "Cases_worded" BEFORE INSERT OR UPDATE OF "Search" ON "Cases" FOR EACH ROW EXECUTE FUNCTION case_words();
UPDATE "Cases" SET "Search" = "Search";
CREATE INDEX "IX_Cases_Words" ON "Cases" USING gin ("Words");

-- A page of a list, however far from the first, and the counts beside it are found in these alone.
DROP INDEX "IX_Cases_MovedAt";
CREATE INDEX "IX_Cases_MovedAt" ON "Cases" ("Procedure", "MovedAt" DESC, "Id" DESC, "State", "UnitId");
CREATE INDEX "IX_Cases_State" ON "Cases" ("Procedure", "State", "MovedAt" DESC, "Id" DESC, "UnitId");
CREATE INDEX "IX_Cases_OpenedAt" ON "Cases" ("Procedure", "OpenedAt");
