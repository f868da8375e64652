-- The wages of worksites: who let work to whom, what was due and paid month by month, and the six institutions.
-- What the map shows of it stays in worksites; both change in one transaction.

alter table worksites add column ledger_version integer not null default 0;

create table companies (
  subdistrict text not null,
  id text not null,
  name text not null,
  spelling text not null,                    -- the name without blanks and signs: what is the same, is one company
  primary key (subdistrict, id),
  unique (subdistrict, spelling)
);

-- Two spellings that somebody found to be one company. Undone, the row stays: who did what is kept.
create table company_merges (
  subdistrict text not null,
  id text not null,
  company text not null,
  into_company text not null,
  merged_by text not null,
  merged_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  primary key (subdistrict, id),
  foreign key (subdistrict, company) references companies (subdistrict, id),
  foreign key (subdistrict, into_company) references companies (subdistrict, id)
);
create unique index company_merges_in_force on company_merges (subdistrict, company) where undone_at is null;

-- A link of the chain: whoever got work from its parent.
create table worksite_parties (
  subdistrict text not null,
  id text not null,
  worksite text not null,
  parent text,                               -- id of the party that let the work
  nr integer not null,
  role text not null,
  company text not null,
  company_subdistrict text not null,         -- where the company is kept; a site may move to another subdistrict, its companies stay
  contract_number text,
  signed_on date,
  amount_yuan float8,
  qualified boolean,                         -- null = not known
  signer bytea,                              -- encrypted
  primary key (subdistrict, id),
  foreign key (subdistrict, worksite) references worksites (subdistrict, id) on update cascade on delete cascade,
  foreign key (company_subdistrict, company) references companies (subdistrict, id)
);
create index worksite_parties_by_worksite on worksite_parties (subdistrict, worksite, nr);
create index worksite_parties_by_company on worksite_parties (company_subdistrict, company);

create table worksite_months (
  subdistrict text not null,
  worksite text not null,
  month date not null,                       -- its first day
  attended integer not null,
  paid_people integer not null,
  due_yuan float8 not null,
  paid_yuan float8 not null,
  paid_on date,
  primary key (subdistrict, worksite, month),
  foreign key (subdistrict, worksite) references worksites (subdistrict, id) on update cascade on delete cascade
);

create table worksite_institutions (
  subdistrict text not null,
  worksite text not null,
  institution text not null,
  state text not null,
  evidence text,
  checked_on date,
  primary key (subdistrict, worksite, institution),
  foreign key (subdistrict, worksite) references worksites (subdistrict, id) on update cascade on delete cascade
);

-- Rules of warnings that differ from the defaults (server/wages/warning-rules.ts); subdistrict '' = everywhere.
create table wage_rules (
  subdistrict text not null,
  rule text not null,
  level text not null,
  threshold float8 not null,
  source text not null,
  updated_at timestamptz not null default now(),
  primary key (subdistrict, rule)
);
