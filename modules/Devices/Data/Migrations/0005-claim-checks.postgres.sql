ALTER TABLE "Enrolments" ADD COLUMN "Protocol" integer NOT NULL DEFAULT 1;
-- What a speaker says of its nonce before it shows it, and the nonce.
ALTER TABLE "Enrolments" ADD COLUMN "Seal" text NULL;
ALTER TABLE "Enrolments" ADD COLUMN "Nonce" text NULL;
