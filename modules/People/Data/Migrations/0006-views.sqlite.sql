-- Lists as officers narrowed, sorted and laid them out. They prove nothing and stand in no ledger.
CREATE TABLE "Views" (
    "Id" TEXT PRIMARY KEY,
    "OfficerId" TEXT NOT NULL,
    "Page" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Address" TEXT NOT NULL
);
CREATE UNIQUE INDEX "IX_Views_OfficerId_Page_Name" ON "Views" ("OfficerId", "Page", "Name");
