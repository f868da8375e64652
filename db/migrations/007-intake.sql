-- Intake: receipts of what residents reported, and how the columns of other systems' tables were matched.

-- Whoever has the number and the code of a report may see where it stands.
create table report_receipts (
  subdistrict text not null,
  case_id text not null,
  salt bytea not null,
  code_hash bytea not null,                  -- scrypt of the query code
  created_at timestamptz not null default now(),
  primary key (subdistrict, case_id),
  foreign key (subdistrict, case_id) references cases (subdistrict, id) on update cascade on delete cascade
);
create unique index report_receipts_by_case on report_receipts (case_id);

-- Which column of a table means which field, as somebody chose it for tables with these headers.
create table import_mappings (
  kind text not null,
  signature text not null,                   -- hash of the headers, whatever their order
  map jsonb not null,                        -- field → header; '' = none
  chosen_by text not null,
  used_at timestamptz not null default now(),
  primary key (kind, signature)
);
