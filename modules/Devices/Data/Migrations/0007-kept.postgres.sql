-- What was signed long ago is found in here.
CREATE INDEX "IX_Commands_Signed" ON "Commands" ("OrderedAt") WHERE "Jws" IS NOT NULL;
