-- The ledger of renovation zones: stages, consent by building, funds, leftover issues, the property company's ladder, and who
-- changed what. What the map shows of it stays in renovation_zones; both change in one transaction.
-- The dates of the works (stage construction) are plan_start … real_end of renovation_zones: nothing is kept twice.

alter table renovation_zones
  add column ledger_version integer not null default 0,
  add column warranty_notice integer;        -- 90, 30 or 7: so many days or fewer are left, and it was told

create table zone_stages (
  subdistrict text not null,
  zone text not null,
  stage text not null,
  plan_start date,
  plan_end date,
  real_start date,
  real_end date,
  primary key (subdistrict, zone, stage),
  foreign key (subdistrict, zone) references renovation_zones (subdistrict, id) on update cascade on delete cascade
);

create table zone_consents (
  subdistrict text not null,
  zone text not null,
  nr integer not null,
  building text not null,
  households integer not null,
  agreed integer not null,
  primary key (subdistrict, zone, nr),
  foreign key (subdistrict, zone) references renovation_zones (subdistrict, id) on update cascade on delete cascade
);

create table zone_funds (
  subdistrict text not null,
  zone text not null,
  nr integer not null,
  source text not null,
  yuan float8 not null,
  paid_yuan float8 not null,
  note text,
  primary key (subdistrict, zone, nr),
  foreign key (subdistrict, zone) references renovation_zones (subdistrict, id) on update cascade on delete cascade
);

create table zone_leftovers (
  subdistrict text not null,
  id text not null,
  zone text not null,
  title text not null,
  owner text not null,                       -- a unit or a post, not a person's name
  due_on date not null,
  state text not null,
  opened_on date not null,
  evidence jsonb,
  worked_by text[] not null default '{}',    -- users.id of all who had it in hand: none of them checks it
  proposed_by text,
  proposed_at timestamptz,
  checked_by text,
  closed_at timestamptz,
  primary key (subdistrict, id),
  foreign key (subdistrict, zone) references renovation_zones (subdistrict, id) on update cascade on delete cascade
);
create index zone_leftovers_by_zone on zone_leftovers (subdistrict, zone);

create table property_steps (
  subdistrict text not null,
  id text not null,
  zone text not null,
  nr integer not null,                       -- in the order in which they were taken
  company text not null,
  step text not null,
  taken_on date not null,
  due_on date,
  note text not null,
  skip_reason text,
  documents text[] not null,                 -- uploads.id
  cases text[] not null,
  outcome text,
  outcome_on date,
  outcome_note text,
  primary key (subdistrict, id),
  foreign key (subdistrict, zone) references renovation_zones (subdistrict, id) on update cascade on delete cascade
);
create unique index property_steps_by_zone on property_steps (subdistrict, zone, nr);

create table zone_changes (
  subdistrict text not null,
  zone text not null,
  version integer not null,                  -- of the ledger after the change
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  part text not null,
  before jsonb,
  after jsonb,
  primary key (subdistrict, zone, version),
  foreign key (subdistrict, zone) references renovation_zones (subdistrict, id) on update cascade on delete cascade
);

-- Terms of the property ladder that differ from the defaults (server/renovation/ladder-terms.ts); subdistrict '' = everywhere.
create table ladder_terms (
  subdistrict text not null,
  step text not null,
  days integer not null,
  source text not null,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, step)
);

-- A file belongs to a case or to a zone.
alter table uploads
  add column zone text,
  drop constraint uploads_check,
  add constraint uploads_belong check (
    (case_id is null or zone is null)
    and (coalesce(case_id, zone) is null) = (purpose is null)
    and (coalesce(case_id, zone) is null) = (subdistrict is null));
drop index uploads_unattached;
create index uploads_unattached on uploads (created_at) where case_id is null and zone is null;
