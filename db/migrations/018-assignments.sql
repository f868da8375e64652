-- Who is sent to which case and what became of it. The case's own state stays in cases: both change in one transaction.

create table assignments (
  subdistrict text not null,
  id text not null,
  case_id text not null,
  officer text not null,                      -- officers.id
  state text not null,
  offered_by text not null,
  offered_at timestamptz not null,
  answer_by timestamptz,                      -- unanswered then, it expires; null = answered
  accepted_at timestamptz,
  set_out_at timestamptz,
  near_at timestamptz,                        -- first seen at the case
  arrived_at timestamptz,
  ended_at timestamptz,
  end_cause text,
  reason text,
  help_at timestamptz,
  help_reason text,
  note text,
  proposed text,                              -- declined or run out: who is proposed instead
  version integer not null default 1,
  primary key (subdistrict, id)
);
create unique index assignments_by_id on assignments (id);
-- Nobody is sent where somebody is already: not by two officers at two desks either.
create unique index assignments_open_by_case on assignments (case_id) where ended_at is null;
create index assignments_by_case on assignments (case_id, offered_at);
create index assignments_open_by_officer on assignments (officer) where ended_at is null;
create index assignments_to_answer on assignments (answer_by) where ended_at is null and answer_by is not null;
create index assignments_by_officer on assignments (officer, offered_at);
create index assignments_unanswered on assignments (ended_at) where state in ('declined', 'expired');

create table assignment_steps (
  subdistrict text not null,
  assignment_id text not null,
  nr integer not null,                        -- the assignment's version after it
  at timestamptz not null,
  said_at timestamptz,                        -- when it was done, where that was without a line
  step text not null,
  actor text not null,
  from_state text,
  to_state text not null,
  reason text,
  primary key (subdistrict, assignment_id, nr)
);
