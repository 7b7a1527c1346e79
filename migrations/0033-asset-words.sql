-- Lists are asked far more often than assets are written: no pile of entries that every search has to look through first.
alter index assets_by_custom set (fastupdate = off);
alter index assets_by_words set (fastupdate = off);
