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

-- What is sealed stays; only that it is kept outside is written later.
CREATE TRIGGER "Heads_stay" BEFORE UPDATE OF "Number", "At", "Count", "LastPosition", "Day", "Previous", "Hash", "Jws" ON "Heads"
BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
CREATE TRIGGER "Heads_remain" BEFORE DELETE ON "Heads" BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
CREATE TRIGGER "Days_stay" BEFORE UPDATE ON "Days" BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
CREATE TRIGGER "Days_remain" BEFORE DELETE ON "Days" BEGIN SELECT RAISE(ABORT, 'seals stay'); END;
