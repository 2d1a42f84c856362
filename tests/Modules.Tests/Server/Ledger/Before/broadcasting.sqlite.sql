BEGIN TRANSACTION;
CREATE TABLE "Acts" (
    "Position" INTEGER PRIMARY KEY AUTOINCREMENT,
    "Id" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Procedure" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "Move" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "PostId" TEXT NOT NULL,
    "OfficerId" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Patch" TEXT NOT NULL,
    "Comment" TEXT NULL,
    "Papers" TEXT NOT NULL,
    "Signature" TEXT NULL,
    "Previous" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
);
INSERT INTO "Acts" VALUES(1,'01A222B7-8418-75D4-8089-7F9C56094348','01A222B7-8412-7140-AA69-226FB2A8FD42',1,'broadcast',1,'order','7210C0AD-706A-87B7-85A4-5A65424DDDCD',639314755819530000,'C86B9955-E594-894D-B0AA-6B401DEE0C13','B53C8D63-4C9A-85E7-A766-B0EC7A22A8E7','Người duyệt tỉnh Đồng Nai','{"title":"Thông báo xả lũ hồ Thác Mơ","bulletin":"01a222b7-7bbf-70a9-b1da-7687b19b2524","class":"ordinary","units":["73f8c27f-2919-896e-aff1-fa94e44dc334","cadbf9c5-4844-8cac-9582-87ec8d0cb6c7","0547d9ef-60dc-8eb9-a9c4-389fffbb8a83","e6d220f9-7879-87dd-bc58-597e0977e065"],"start":1795878781953,"until":1795882381953,"duration_ms":16904,"release":"1d75536c5c976fec5786caba5667ae00814482af4004958df2ab171d627a4b10"}',NULL,'',NULL,'','ec83b2a54f1ca61e02c8ff9d1afc5c0ea32c7fc8cce302db0de507e73ba68310');
INSERT INTO "Acts" VALUES(2,'01A222B7-D50E-78C5-B9C3-EB069530CC4F','01A222B7-D50D-7FE9-BAB8-A7F53E0534D3',1,'broadcast',1,'order','7210C0AD-706A-87B7-85A4-5A65424DDDCD',639314756026980000,'C86B9955-E594-894D-B0AA-6B401DEE0C13','B53C8D63-4C9A-85E7-A766-B0EC7A22A8E7','Người duyệt tỉnh Đồng Nai','{"title":"Khẩn cấp: xả lũ","bulletin":"01a222b7-cf62-7816-8a47-25297cf87598","class":"emergency","units":["73f8c27f-2919-896e-aff1-fa94e44dc334","cadbf9c5-4844-8cac-9582-87ec8d0cb6c7","0547d9ef-60dc-8eb9-a9c4-389fffbb8a83","e6d220f9-7879-87dd-bc58-597e0977e065"],"start":1795878802698,"until":1795882402698,"duration_ms":6041,"release":"52126a21ab8f3e4294853b89276f7a89fabcee49c491f942520c17bee3358153"}',NULL,'',NULL,'','13d5ed3130e512cb9f64c10de1cfe8752d74c7a55f801b664cc32edd5cb8ca41');
CREATE TABLE "Announcements" (
    "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "DoneAt" INTEGER NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAt" INTEGER NULL,
    "Failure" TEXT NULL
);
CREATE TABLE "Cases" (
    "Id" TEXT PRIMARY KEY,
    "Procedure" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "UnitId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Head" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Search" TEXT NOT NULL,
    "Fields" TEXT NOT NULL,
    "OpenedAt" INTEGER NOT NULL,
    "OpenedBy" TEXT NOT NULL,
    "MovedAt" INTEGER NOT NULL
);
INSERT INTO "Cases" VALUES('01A222B7-8412-7140-AA69-226FB2A8FD42','broadcast',1,'7210C0AD-706A-87B7-85A4-5A65424DDDCD','ordered',1,'ec83b2a54f1ca61e02c8ff9d1afc5c0ea32c7fc8cce302db0de507e73ba68310','Thông báo xả lũ hồ Thác Mơ','thong bao xa lu ho thac mo thong bao xa lu ho thac mo','{"bulletin":"01a222b7-7bbf-70a9-b1da-7687b19b2524","class":"ordinary","duration_ms":16904,"release":"1d75536c5c976fec5786caba5667ae00814482af4004958df2ab171d627a4b10","start":1795878781953,"title":"Thông báo xả lũ hồ Thác Mơ","units":["73f8c27f-2919-896e-aff1-fa94e44dc334","cadbf9c5-4844-8cac-9582-87ec8d0cb6c7","0547d9ef-60dc-8eb9-a9c4-389fffbb8a83","e6d220f9-7879-87dd-bc58-597e0977e065"],"until":1795882381953}',639314755819530000,'B53C8D63-4C9A-85E7-A766-B0EC7A22A8E7',639314755819530000);
INSERT INTO "Cases" VALUES('01A222B7-D50D-7FE9-BAB8-A7F53E0534D3','broadcast',1,'7210C0AD-706A-87B7-85A4-5A65424DDDCD','ordered',1,'13d5ed3130e512cb9f64c10de1cfe8752d74c7a55f801b664cc32edd5cb8ca41','Khẩn cấp: xả lũ','khan cap: xa lu khan cap: xa lu','{"bulletin":"01a222b7-cf62-7816-8a47-25297cf87598","class":"emergency","duration_ms":6041,"release":"52126a21ab8f3e4294853b89276f7a89fabcee49c491f942520c17bee3358153","start":1795878802698,"title":"Khẩn cấp: xả lũ","units":["73f8c27f-2919-896e-aff1-fa94e44dc334","cadbf9c5-4844-8cac-9582-87ec8d0cb6c7","0547d9ef-60dc-8eb9-a9c4-389fffbb8a83","e6d220f9-7879-87dd-bc58-597e0977e065"],"until":1795882402698}',639314756026980000,'B53C8D63-4C9A-85E7-A766-B0EC7A22A8E7',639314756026980000);
CREATE TABLE "Days" (
    "Date" TEXT PRIMARY KEY,
    "Count" INTEGER NOT NULL,
    "LastPosition" INTEGER NOT NULL,
    "Previous" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
);
CREATE TABLE "Heads" (
    "Number" INTEGER PRIMARY KEY,
    "At" INTEGER NOT NULL,
    "Count" INTEGER NOT NULL,
    "LastPosition" INTEGER NOT NULL,
    "Day" TEXT NOT NULL,
    "Previous" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "Jws" TEXT NULL,
    "AnchoredAt" INTEGER NULL
);
CREATE TABLE "HeardAnnouncements" (
    "Key" TEXT NOT NULL,
    "Receiver" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    PRIMARY KEY ("Key", "Receiver")
);
CREATE TABLE "Migrations" ("Name" text PRIMARY KEY);
INSERT INTO "Migrations" VALUES('Loa.Kernel/0001-outbox');
INSERT INTO "Migrations" VALUES('Loa.Cases/0001-acts');
INSERT INTO "Migrations" VALUES('Loa.Cases/0002-heads');
INSERT INTO "Migrations" VALUES('Loa.Broadcasting/0001-owners');
CREATE TABLE "Owners" (
    "BroadcastId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    PRIMARY KEY ("BroadcastId", "UnitId")
);
ANALYZE "sqlite_master";
CREATE INDEX "IX_Announcements_Waiting" ON "Announcements" ("Id") WHERE "DoneAt" IS NULL;
CREATE UNIQUE INDEX "IX_Acts_CaseId_Seq" ON "Acts" ("CaseId", "Seq");
CREATE INDEX "IX_Acts_At" ON "Acts" ("At");
CREATE TRIGGER "Acts_stay" BEFORE UPDATE ON "Acts" BEGIN SELECT RAISE(ABORT, 'acts are only appended'); END;
CREATE TRIGGER "Acts_remain" BEFORE DELETE ON "Acts" BEGIN SELECT RAISE(ABORT, 'acts are only appended'); END;
CREATE INDEX "IX_Cases_MovedAt" ON "Cases" ("Procedure", "MovedAt");
CREATE INDEX "IX_Cases_Unit" ON "Cases" ("Procedure", "UnitId", "State");
CREATE INDEX "IX_Cases_Title" ON "Cases" ("Procedure", "Title");
CREATE TRIGGER "Heads_stay" BEFORE UPDATE OF "Number", "At", "Count", "LastPosition", "Day", "Previous", "Hash", "Jws" ON "Heads"
BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
CREATE TRIGGER "Heads_remain" BEFORE DELETE ON "Heads" BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
CREATE TRIGGER "Days_stay" BEFORE UPDATE ON "Days" BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
CREATE TRIGGER "Days_remain" BEFORE DELETE ON "Days" BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('Acts',2);
INSERT INTO "sqlite_sequence" VALUES('Announcements',2);
COMMIT;
