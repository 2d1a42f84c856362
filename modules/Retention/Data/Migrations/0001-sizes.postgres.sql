CREATE TABLE "Sizes" (
    "Kind" text NOT NULL,
    "Day" date NOT NULL,
    "Rows" bigint NOT NULL,
    "Bytes" bigint NOT NULL,
    "InFiles" boolean NOT NULL,
    PRIMARY KEY ("Kind", "Day")
);
