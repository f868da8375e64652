-- Which renovation zones a wall was sent: of a batch, as they stood in a month, shaded by calls.
alter table screen_shows add column zones jsonb;
