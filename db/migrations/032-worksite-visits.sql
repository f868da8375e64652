-- Visits to worksites: who goes when, and what was found. The worksite carries the day of the next one, for the map and the boards.
create table worksite_visits (
  subdistrict text not null,
  id text not null,
  worksite text not null,
  planned_on date not null,
  visitor text not null,
  purpose text,
  state text not null,                       -- planned, done, cancelled
  moves jsonb not null default '[]',         -- from which day and person it was moved, when and why
  done_on date,
  finding text,
  people_met integer,
  documents text[] not null default '{}',    -- uploads.id
  reason text,                               -- why it was cancelled
  planned_by text not null,                  -- name of the account
  planned_at timestamptz not null,
  ended_by text,
  primary key (subdistrict, id),
  foreign key (subdistrict, worksite) references worksites (subdistrict, id) on update cascade on delete cascade
);
create unique index worksite_visits_by_id on worksite_visits (id);
create index worksite_visits_by_day on worksite_visits (planned_on);
create unique index worksite_visits_once on worksite_visits (subdistrict, worksite, planned_on, visitor) where state = 'planned';

alter table worksites add column next_visit date;
