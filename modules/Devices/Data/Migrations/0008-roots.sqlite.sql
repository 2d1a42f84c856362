-- Which root it obeys and which rules it knows, as it last said.
ALTER TABLE "Speakers" ADD COLUMN "RootHeld" TEXT NULL;
ALTER TABLE "Speakers" ADD COLUMN "Protocol" INTEGER NULL;
