-- Space: regions, the street network, buildings, everything the base map draws.

create table regions (
  subdistrict text not null,
  id text not null,
  level text not null check (level in ('district', 'subdistrict', 'community', 'village', 'grid')),
  parent text,
  name text not null,
  geometry jsonb not null,
  bounds box not null,
  households integer,
  population integer,
  aged60 integer,
  aged80 integer,
  population_as_of text,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);
create unique index regions_by_id on regions (id);

-- Ids of streets, barriers, areas and buildings: an OSM way keeps its number, a relation's is negative. A line that was cut at
-- the edge of the imported area is several rows: the first keeps the number, piece k has k * 2^42 more (server/ingest/osm/place-id.ts).

-- Ways people walk or that the map draws as roads. nodes, lngs, lats run in parallel.
create table streets (
  subdistrict text not null,
  id bigint not null,
  class text not null,                       -- OSM highway value
  name text,
  foot boolean not null,                     -- may be walked
  oneway_foot smallint not null default 0,   -- 1 along, -1 against, 0 both
  stairs boolean not null default false,
  bridge boolean not null default false,
  tunnel boolean not null default false,
  nodes bigint[] not null,                   -- OSM node ids; negative = made where the edge of the imported area cut the way
  lngs float8[] not null,
  lats float8[] not null,
  bounds box not null,
  primary key (subdistrict, id)
);
create index streets_by_bounds on streets using gist (bounds);
create index streets_by_id on streets (id);

-- Gates, bollards, entrances and crossings: points of the network that carry a rule.
create table street_points (
  subdistrict text not null,
  id bigint not null,                        -- OSM node id
  kind text not null,                        -- gate, entrance, crossing, bollard, …
  name text,
  location point not null,
  passable boolean not null default true,    -- on foot
  hours text,                                -- opening hours, OSM syntax; null = always
  primary key (subdistrict, id)
);
create index street_points_by_id on street_points (id);
create index street_points_by_location on street_points using gist (location);

-- Walls, fences and hedges: nobody walks through them.
create table barriers (
  subdistrict text not null,
  id bigint not null,
  kind text not null,
  nodes bigint[] not null,
  lngs float8[] not null,
  lats float8[] not null,
  bounds box not null,
  primary key (subdistrict, id)
);
create index barriers_by_bounds on barriers using gist (bounds);
create index barriers_by_id on barriers (id);

create table buildings (
  subdistrict text not null,
  id bigint not null,
  kind text,                                 -- OSM building value
  name text,
  address text,
  compound bigint,                           -- areas.id of the walled compound
  community text,
  grid text,
  geometry jsonb not null,
  centre point not null,
  bounds box not null,
  floors integer,
  units integer,
  households integer,
  population integer,
  aged60 integer,
  aged70 integer,
  aged80 integer,
  built_year integer,
  doors bigint[] not null default '{}',      -- ids of entrance nodes on its outline
  primary key (subdistrict, id)
);
create index buildings_by_centre on buildings using gist (centre);
create index buildings_by_bounds on buildings using gist (bounds);
create index buildings_by_id on buildings (id);

-- Water, green, land use, compounds, rail: what lies below and between streets and buildings.
create table areas (
  subdistrict text not null,
  id bigint not null,
  class text not null,                       -- water, waterway, green, residential, landuse, rail, compound
  subclass text,                             -- the OSM value: river, park, subway, …
  name text,
  bridge boolean not null default false,
  tunnel boolean not null default false,     -- below ground: drawn faintly or not at all, and no obstacle
  geometry jsonb not null,                   -- Polygon, MultiPolygon; LineString for rail and waterway
  bounds box not null,
  primary key (subdistrict, id)
);
create index areas_by_bounds on areas using gist (bounds);
create index areas_by_id on areas (id);

create table map_labels (
  subdistrict text not null,
  id bigint not null,
  class text not null,
  name text not null,
  location point not null,
  primary key (subdistrict, id)
);
create index map_labels_by_location on map_labels using gist (location);
create index map_labels_by_id on map_labels (id);
