create table renovation_zones (
  subdistrict text not null,
  id text not null,
  name text not null,
  community text,
  batch text,
  stage text not null,
  progress float8,
  geometry jsonb not null,
  bounds box not null,
  buildings integer,
  households integer,
  floor_area float8,
  built_year integer,
  owner text,
  contractor text,
  designer text,
  supervisor text,
  property_company text,
  consent_rate float8,
  funds_yuan float8,
  plan_start date,
  plan_end date,
  real_start date,
  real_end date,
  warranty_end date,
  open_leftovers integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);

create table worksites (
  subdistrict text not null,
  id text not null,
  name text not null,
  community text,
  location point not null,
  developer text,
  general_contractor text,
  subcontractor text,
  owed_yuan float8 not null default 0,
  owed_people integer not null default 0,
  owed_since date,
  workers integer,
  payees integer,
  warning text not null default 'none',
  dispute boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);

create table care_facilities (
  subdistrict text not null,
  id text not null,
  name text not null,
  kind text not null,
  community text,
  location point not null,
  open boolean not null default true,
  floor_area float8,
  capacity integer,
  hours text,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);

create table officers (
  subdistrict text not null,
  id text not null,
  name text not null,
  phone bytea,                               -- encrypted
  community text,
  grid text,
  duty text not null default 'off',
  skills text[] not null default '{}',
  location point,                            -- latest known; written at most once a minute
  seen_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);

-- What the wall shows of coverage; computed, never edited. Recomputed when facilities, streets or people change.
create table coverage_features (
  subdistrict text not null,
  id text not null,                          -- reach-<minutes>, missed-<building>, summary
  geometry jsonb,
  properties jsonb not null,
  primary key (subdistrict, id)
);
