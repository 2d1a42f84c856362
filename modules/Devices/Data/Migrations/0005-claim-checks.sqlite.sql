ALTER TABLE "Enrolments" ADD COLUMN "Protocol" INTEGER NOT NULL DEFAULT 1;
-- What a speaker says of its nonce before it shows it, and the nonce.
ALTER TABLE "Enrolments" ADD COLUMN "Seal" TEXT NULL;
ALTER TABLE "Enrolments" ADD COLUMN "Nonce" TEXT NULL;
