CREATE TABLE "Renderings" (
    "Key" TEXT PRIMARY KEY,
    "Voice" TEXT NOT NULL,
    "Spoken" TEXT NOT NULL,
    "Master" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "Length" INTEGER NOT NULL,
    "DurationMs" INTEGER NOT NULL,
    "Loudness" REAL NOT NULL,
    "TruePeak" REAL NOT NULL,
    "Peaks" TEXT NOT NULL,
    "At" INTEGER NOT NULL
);
