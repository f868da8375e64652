-- The base map's version is the number of the last event that changed it: found at once in a log of millions.
create index events_of_basemap on events (seq) where type like 'basemap.%';
