create table cases (
  subdistrict text not null,
  id text not null,
  source_ref text,                           -- number in the system it came from; a second import meets it again
  kind text not null,
  source text not null,
  status text not null,
  urgency text not null default 'normal',
  topic text not null default 'unspecified',
  content text not null,
  address text,
  location point,                            -- WGS84
  original_location point,                   -- as it came
  original_datum text,
  community text,
  grid text,
  compound bigint,
  building bigint,
  zone text,
  worksite text,
  assignee text,
  reported_at timestamptz not null,
  term text,                                 -- term class that set the deadline (server/cases/terms.ts)
  due_at timestamptz,                        -- null where no deadline can be computed
  clock_paused_at timestamptz,               -- the clock stands still since
  due_before_pause timestamptz,
  closed_at timestamptz,
  supervised boolean not null default false,
  satisfied boolean,
  called_back_at timestamptz,
  dissatisfied_in_row integer not null default 0,
  merged_into text,
  return_ruled boolean not null default false, -- a second return is out of the question
  resolved_by text,                          -- who reported it done may not call back himself
  contact_name bytea,                        -- encrypted
  contact_phone bytea,
  contact_phone_hash text,                   -- keyed hash, for search
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, id)
);
create unique index cases_by_id on cases (id);
create unique index cases_by_source_ref on cases (source, source_ref) where source_ref is not null;
create index cases_by_location on cases using gist (location);
create index cases_open_by_due on cases (due_at, id) where status not in ('closed', 'archived', 'merged');
create index cases_by_update on cases (updated_at, id);
create index cases_by_community on cases (community, status);
create index cases_by_merge on cases (merged_into) where merged_into is not null;

create table case_steps (
  subdistrict text not null,
  case_id text not null,
  seq bigint not null,                       -- number of the event that recorded it
  at timestamptz not null default clock_timestamp(),
  action text not null,
  actor text not null,
  from_status text,
  to_status text not null,
  reason text,
  evidence jsonb,
  plan_date date,
  satisfied boolean,
  primary key (subdistrict, case_id, seq)
);

-- Numbers of a day's cases, GD + yymmdd + running number.
create table case_numbers (
  day date primary key,
  last integer not null
);
