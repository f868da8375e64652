-- What one shift of the desk tells the next, and who took over when.

create table handover_notes (
  id uuid primary key default gen_random_uuid(),
  said text not null,
  case_id text,
  by_id text not null,            -- users.id
  by_name text not null,
  at timestamptz not null,
  done_at timestamptz,
  done_by text
);
create index handover_notes_open on handover_notes (at) where done_at is null;

create table handovers (
  id uuid primary key default gen_random_uuid(),
  remark text,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  taken_by_id text,
  taken_by_name text,
  taken_at timestamptz,
  taken jsonb                     -- what was open at that moment
);
-- One shift is handed over at a time.
create unique index handovers_pending on handovers ((true)) where taken_at is null;
create index handovers_taken on handovers (taken_at);
