ALTER TABLE "Commands" ADD COLUMN "OfficerId" uuid NULL;
ALTER TABLE "Commands" ADD COLUMN "PostId" uuid NULL;
