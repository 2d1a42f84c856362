-- Who wrote a case and who moved it last is read in here alone, not from acts with all their papers.
DROP INDEX "IX_Acts_CaseId_Seq";
CREATE UNIQUE INDEX "IX_Acts_CaseId_Seq" ON "Acts" ("CaseId", "Seq") INCLUDE ("By");
