-- Citizens and organisations act too.
ALTER TABLE "Acts" ADD COLUMN "Party" text NULL;

-- Until when the next move is due.
ALTER TABLE "Cases" ADD COLUMN "DueAt" timestamptz NULL;
