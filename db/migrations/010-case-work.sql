-- What a case's clock, its closing and its figures need beside what 003 has.

create extension if not exists pg_trgm;

alter table cases
  add column promised boolean not null default false, -- the deadline is a day that somebody promised
  add column warn_at timestamptz,            -- when the yellow card comes
  add column card text,                      -- yellow, red: what the clock has announced
  add column due_missing_year integer,       -- why there is no deadline: this year's holiday notice is not loaded
  add column contacted_at timestamptz,       -- the resident was first spoken to
  add column resolved_at timestamptz,        -- reported done, and not brought back since
  add column close_proposed_by text,         -- the first of the two keys of the closing
  add column plan_date date,                 -- on account: the dated plan
  add column review_at date,                 -- on account: looked at again
  add column merged_count integer not null default 0, -- cases that answer to this one
  add column solved boolean;                 -- second answer of the last valid call-back

alter table case_steps
  add column solved boolean,
  add column outcome text,
  add column due_at timestamptz;             -- the deadline after this step

update cases set resolved_at = closed_at where closed_at is not null and status in ('closed', 'archived');
update cases set merged_count = counted.number
from (select merged_into, count(*) as number from cases where merged_into is not null group by merged_into) as counted
where counted.merged_into = cases.id;

-- What the clock has still to announce; rows leave as soon as it has.
create index cases_to_warn on cases (warn_at)
where card is null and warn_at is not null
  and status not in ('resolved', 'closed', 'archived', 'merged');
create index cases_to_redden on cases (due_at)
where card is distinct from 'red' and due_at is not null
  and status not in ('resolved', 'closed', 'archived', 'merged');
create index cases_without_warning on cases (reported_at)
where warn_at is null and status not in ('closed', 'archived', 'merged');

-- Open cases near a place, for proposals of the same matter.
create index cases_open_by_location on cases using gist (location)
where status not in ('closed', 'archived', 'merged');
create index cases_open_by_building on cases (building, reported_at)
where building is not null and status not in ('closed', 'archived', 'merged');

-- Figures of a period.
create index cases_by_due on cases (due_at);
create index cases_by_call_back on cases (called_back_at) where called_back_at is not null;
create index case_steps_by_time on case_steps (at);
create index case_steps_by_case on case_steps (case_id);
create index cases_dissatisfied on cases (community) where dissatisfied_in_row >= 2;

-- Work that comes round: one process at a time takes what is due, in the transaction that does it.
create table jobs (
  name text primary key,
  due_at timestamptz not null,
  ran_at timestamptz,
  failures integer not null default 0,       -- in a row
  last_error text
);

-- A week's figures as they were when it was over. Nothing changes them.
create table frozen_weeks (
  subdistrict text not null,
  week date not null,                        -- its Monday
  frozen_at timestamptz not null,
  figures jsonb not null,
  primary key (subdistrict, week)
);
create table frozen_rate_rows (
  subdistrict text not null,
  week date not null,
  rate text not null,
  nr integer not null,
  case_id text not null,
  at timestamptz not null,
  part text not null check (part in ('hit', 'miss', 'excluded')),
  reason text,
  community text,
  primary key (subdistrict, week, rate, nr),
  foreign key (subdistrict, week) references frozen_weeks
);
create function refuse_frozen_change() returns trigger language plpgsql as $$
begin
  raise exception 'A frozen week is not changed' using errcode = 'integrity_constraint_violation';
end
$$;
create trigger frozen_weeks_stay before update or delete on frozen_weeks
for each row execute function refuse_frozen_change();
create trigger frozen_rate_rows_stay before update or delete on frozen_rate_rows
for each row execute function refuse_frozen_change();
