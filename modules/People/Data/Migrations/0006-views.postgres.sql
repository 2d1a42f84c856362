-- Lists as officers narrowed, sorted and laid them out. They prove nothing and stand in no ledger.
CREATE TABLE "Views" (
    "Id" uuid PRIMARY KEY,
    "OfficerId" uuid NOT NULL,
    "Page" text NOT NULL,
    "Name" text NOT NULL,
    "Address" text NOT NULL
);
CREATE UNIQUE INDEX "IX_Views_OfficerId_Page_Name" ON "Views" ("OfficerId", "Page", "Name");
