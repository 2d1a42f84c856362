-- When it was told what became of a broadcast. What ended before is told no more, for it is not news.
ALTER TABLE "Occurrences" ADD COLUMN "ToldAt" INTEGER NULL;
