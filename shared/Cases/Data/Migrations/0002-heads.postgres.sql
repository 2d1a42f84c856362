CREATE TABLE "Heads" (
    "Number" bigint PRIMARY KEY,
    "At" timestamptz NOT NULL,
    "Count" integer NOT NULL,
    "LastPosition" bigint NOT NULL,
    "Day" text NOT NULL,
    "Previous" text NOT NULL,
    "Hash" text NOT NULL,
    "Jws" text NULL,
    "AnchoredAt" timestamptz NULL
);

-- What is sealed stays; only that it is kept outside is written later.
CREATE FUNCTION seals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'seals stay';
END $$;
CREATE TRIGGER "Heads_stay" BEFORE UPDATE OF "Number", "At", "Count", "LastPosition", "Day", "Previous", "Hash", "Jws" ON "Heads"
    EXECUTE FUNCTION seals_stay();
CREATE TRIGGER "Heads_remain" BEFORE DELETE OR TRUNCATE ON "Heads" EXECUTE FUNCTION seals_stay();
CREATE TRIGGER "Days_stay" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Days" EXECUTE FUNCTION seals_stay();
