-- What planners tried and kept under a name.
create table plan_scenarios (
  id text primary key,
  subdistrict text,                          -- null = of everything that the database holds
  name text not null,
  author text not null,                      -- users.id
  author_name text not null,
  basis text not null,                       -- of the data on which it was made (db/queries/network.ts: planBasis)
  content jsonb not null,                    -- server/contract/plan.ts: PlanContent
  updated_at timestamptz not null default now()
);
create index plan_scenarios_by_update on plan_scenarios (updated_at desc, id);
