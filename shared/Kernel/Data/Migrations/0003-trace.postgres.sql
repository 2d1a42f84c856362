ALTER TABLE "Announcements" ADD COLUMN "Trace" text NULL;
