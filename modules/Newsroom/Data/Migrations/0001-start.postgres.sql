CREATE TABLE "Renderings" (
    "Key" text PRIMARY KEY,
    "Voice" text NOT NULL,
    "Spoken" text NOT NULL,
    "Master" text NOT NULL,
    "Digest" text NOT NULL,
    "Length" bigint NOT NULL,
    "DurationMs" bigint NOT NULL,
    "Loudness" double precision NOT NULL,
    "TruePeak" double precision NOT NULL,
    "Peaks" text NOT NULL,
    "At" timestamptz NOT NULL
);
