-- The event log: the one source of every change that a screen sees.
-- Numbers have no gaps: an append holds the log's advisory lock until it commits and takes max(seq) + 1.

create table meta (
  key text primary key,
  value jsonb not null
);
comment on table meta is 'epoch: identity of this database; a follower that meets another takes a snapshot';

insert into meta (key, value) values ('epoch', to_jsonb(gen_random_uuid()::text));

create table events (
  subdistrict text not null,
  seq bigint not null,
  at timestamptz not null default clock_timestamp(),
  type text not null,
  id text not null,
  regions text[] not null default '{}',      -- codes (community, grid) in which the item lies after the event
  left_regions text[] not null default '{}', -- codes that it left with this event
  data jsonb not null,                       -- {feature} | {set, geometry} | {gone: true}
  whole jsonb,                               -- the item after the event, where it entered a region
  primary key (seq, subdistrict)
);
create index events_by_item on events (id, seq);

-- Since when each layer is known to be true: its newest event, or an import that confirmed it unchanged.
create table layer_freshness (
  layer text primary key,
  true_at timestamptz not null
);

create table idempotency (
  key text not null,
  subject text not null,                     -- who sent it
  request_hash text not null,
  status smallint not null,
  response jsonb not null,
  created_at timestamptz not null default now(),
  primary key (key, subject)
);
create index idempotency_by_age on idempotency (created_at);
