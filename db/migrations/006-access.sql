-- Who may come in. Accounts, sessions, second factors and screen pairing are kept by better-auth in its own tables.

create table users (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,               -- the library wants one; accounts without mail get name@local.invalid
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "username" text unique,
  "displayUsername" text,
  "twoFactorEnabled" boolean,
  "role" text,
  "banned" boolean,
  "banReason" text,
  "banExpires" timestamptz,
  "region" text,                              -- community or grid that the account is bound to
  "officer" text,                             -- officers.id of a grid worker
  "mustChangePassword" boolean not null default false,
  "demo" boolean not null default false
);

create table sessions (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references users ("id") on delete cascade,
  "impersonatedBy" text
);
create index sessions_by_user on sessions ("userId");

create table accounts (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references users ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,                            -- argon2id
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null
);
create index accounts_by_user on accounts ("userId");

create table verifications (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verifications_by_identifier on verifications ("identifier");

create table two_factors (
  "id" text primary key,
  "secret" text not null,                     -- encrypted by the library
  "backupCodes" text not null,
  "userId" text not null references users ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index two_factors_by_user on two_factors ("userId");

create table device_codes (
  "id" text primary key,
  "deviceCode" text not null unique,
  "userCode" text not null unique,
  "userId" text,
  "expiresAt" timestamptz not null,
  "status" text not null,
  "lastPolledAt" timestamptz,
  "pollingInterval" integer,
  "clientId" text,
  "scope" text
);

-- Failed sign-ins by account name (hashed: it may be a mistyped password) and by address.
create table sign_in_failures (
  key text primary key,
  failures integer not null,
  last_at timestamptz not null default now()
);

-- Who did or looked at what. Rows are chained by a keyed hash and never change.
create table audit (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,                        -- user id, or 'anonymous', 'system'
  actor_name text not null,
  role text,
  address text,                               -- where from
  action text not null,
  target text,
  before jsonb,
  after jsonb,
  previous_hash text not null,
  hash text not null
);
create index audit_by_time on audit (at);
create index audit_by_actor on audit (actor, at);
create index audit_by_target on audit (target, at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger audit_is_append_only before update or delete on audit
  for each row execute function refuse_change();
create trigger audit_is_not_truncated before truncate on audit
  for each statement execute function refuse_change();
create trigger events_are_append_only before update on events
  for each row execute function refuse_change();

-- Every server learns at once that a session has ended or that an account's rights have changed, whoever did it.
create function tell_access_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('access', coalesce(to_jsonb(old) ->> 'userId', to_jsonb(old) ->> 'id'));
  return null;
end $$;
create trigger sessions_tell_their_end after delete on sessions
  for each row execute function tell_access_change();
create trigger users_tell_their_change
  after update of role, region, officer, banned, "mustChangePassword", "twoFactorEnabled" or delete on users
  for each row execute function tell_access_change();

-- Exports of the audit trail that were asked for: a large one waits for a second person, and each is fetched once.
create table audit_exports (
  id text primary key,
  requested_by text not null,                 -- users.id
  requested_name text not null,
  requested_at timestamptz not null default now(),
  filter jsonb not null,
  to_seq bigint not null,                     -- newest entry when it was asked for: what is approved is what is exported
  rows integer not null,
  needs_approval boolean not null,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  approved boolean,
  fetched_at timestamptz,
  expires_at timestamptz not null
);
create index audit_exports_by_time on audit_exports (requested_at);
