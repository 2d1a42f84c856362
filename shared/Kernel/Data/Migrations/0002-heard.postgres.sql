-- Nobody ever wrote into it: what is heard twice changes nothing.
DROP TABLE "HeardAnnouncements";
