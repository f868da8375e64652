-- What is done about unpaid wages at a worksite: complaint, check, order, payment proof, closed; every step with its day, its papers and
-- who took it. The worksite carries the state of its newest open handling, for the map.

create table wage_handling_numbers (
  day date primary key,
  last integer not null
);

create table wage_handlings (
  subdistrict text not null,
  id text not null,                          -- QX + day + running number
  worksite text not null,
  state text not null,
  version integer not null,
  opened_on date not null,
  due_on date,                               -- until when the next step has to come
  due_missing_year integer,                  -- year whose holiday notice would be needed for it
  claimed_yuan float8 not null,
  claimed_people integer not null,
  found_yuan float8,
  found_people integer,
  paid_yuan float8 not null default 0,       -- of the proofs that still count
  paid_people integer not null default 0,
  worked_by text[] not null default '{}',    -- users.id of all who had it in hand: none of them calls back or closes
  confirmed boolean not null default false,  -- workers were called back and have their money
  close_proposed_by text,
  closed_as text,
  closed_on date,
  primary key (subdistrict, id),
  foreign key (subdistrict, worksite) references worksites (subdistrict, id) on update cascade on delete cascade
);
create unique index wage_handlings_by_id on wage_handlings (id);
create index wage_handlings_by_worksite on wage_handlings (subdistrict, worksite);

create table wage_handling_steps (
  subdistrict text not null,
  id text not null,                          -- the handling's, / and the number
  handling text not null,
  nr integer not null,
  step text not null,
  taken_on date not null,
  recorded_at timestamptz not null,
  actor text not null,
  actor_name text not null,
  from_state text,
  to_state text not null,
  due_on date,
  said jsonb not null,                       -- sums, people, whom it is addressed to, …: what the step needs
  receiver bytea,                            -- who signed for a paper, encrypted
  documents text[] not null,                 -- uploads.id
  primary key (subdistrict, id),
  foreign key (subdistrict, handling) references wage_handlings (subdistrict, id) on update cascade on delete cascade
);
create index wage_handling_steps_by_handling on wage_handling_steps (subdistrict, handling, nr);

create table wage_handling_cases (
  subdistrict text not null,
  handling text not null,
  case_id text not null,
  primary key (subdistrict, handling, case_id),
  foreign key (subdistrict, handling) references wage_handlings (subdistrict, id) on update cascade on delete cascade
);
create index wage_handling_cases_by_case on wage_handling_cases (case_id);

-- Terms that differ from the defaults (server/wages/handling/handling-terms.ts); subdistrict '' = everywhere.
create table wage_handling_terms (
  subdistrict text not null,
  term text not null,
  working_days integer not null,
  source text not null,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, term)
);

alter table worksites add column handling text;

-- A file belongs to a case, a zone or a worksite.
alter table uploads
  add column worksite text,
  drop constraint uploads_belong,
  add constraint uploads_belong check (
    num_nonnulls(case_id, zone, worksite) <= 1
    and (num_nonnulls(case_id, zone, worksite) = 0) = (purpose is null)
    and (num_nonnulls(case_id, zone, worksite) = 0) = (subdistrict is null));
drop index uploads_unattached;
create index uploads_unattached on uploads (created_at) where case_id is null and zone is null and worksite is null;
