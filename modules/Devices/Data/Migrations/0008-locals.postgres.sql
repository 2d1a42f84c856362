-- What sounded without having been ordered is found among millions of plays.
CREATE INDEX "IX_Records_Locals" ON "Records" ("SpeakerId", "At") WHERE "Kind" = 2;
