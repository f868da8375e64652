-- Addresses: what the map, facilities, worksites and zones do not say by themselves, and what people taught.

-- Imported on their own (npm run import -- addresses). A row says where one door, house, compound or landmark is.
create table addresses (
  subdistrict text not null,
  id text not null,
  compound text,                             -- 小区
  building text,                             -- 楼栋: 3, 3号楼, A座
  road text,
  number text,                               -- 门牌号 on the road
  landmark text,
  full_text text,                            -- the standard address in one piece
  aliases text[] not null default '{}',
  building_id bigint,                        -- buildings.id, where the file knows it
  location point not null,                   -- WGS84
  original_location point not null,          -- as it came
  original_datum text not null,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);
create unique index addresses_by_id on addresses (id);

-- What was said and where it is, learned each time a person places a case by hand: the newest teaching of a case counts.
create table address_aliases (
  subdistrict text not null,
  case_id text not null,
  alias text not null,                       -- as compared (server/places/address/normalise-address.ts)
  said text not null,                        -- as it was written
  location point not null,
  taught_by text not null,
  taught_at timestamptz not null default clock_timestamp(),
  primary key (subdistrict, case_id)
);
create index address_aliases_by_alias on address_aliases (alias);

-- How a case came by its place: given (coordinates came with it), address or content (found in what was said), hand.
alter table cases add column located_by text;
-- 0–1, of 100 cases placed with 0.9 some 90 lie right; null where no guess was made.
alter table cases add column location_confidence real;
