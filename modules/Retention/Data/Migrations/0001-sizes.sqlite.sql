CREATE TABLE "Sizes" (
    "Kind" TEXT NOT NULL,
    "Day" TEXT NOT NULL,
    "Rows" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "InFiles" INTEGER NOT NULL,
    PRIMARY KEY ("Kind", "Day")
);
