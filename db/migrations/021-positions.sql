-- Where officers are: shifts that end by themselves, what they agreed to, trackers that report for them, and where they were.

alter table officers add column duty_until timestamptz;   -- end of the shift; null = until somebody says so

-- What a worker agreed to, in the words that he saw. Withdrawn, nothing is taken any more and his tracks go (PIPL art. 15, 47).
create table position_consents (
  subdistrict text not null,
  officer text not null,                      -- officers.id
  given_at timestamptz not null,
  wording text not null,
  recorded_by text not null,                  -- his own account, or who holds it on paper
  withdrawn_at timestamptz,
  primary key (subdistrict, officer, given_at)
);
create unique index position_consents_in_force on position_consents (officer) where withdrawn_at is null;

-- Devices that report for an officer with a token of their own.
create table trackers (
  subdistrict text not null,
  id text not null,
  officer text not null,                      -- officers.id
  name text not null,
  token_hash text not null,                   -- SHA-256: the token itself is told once
  made_at timestamptz not null default now(),
  made_by text not null,
  revoked_at timestamptz,
  heard_at timestamptz,                       -- written at most once a minute
  heard text,                                 -- what became of that fix
  primary key (subdistrict, id)
);
create unique index trackers_by_id on trackers (id);
create unique index trackers_by_token on trackers (token_hash);
create index trackers_by_officer on trackers (officer);

-- Every server learns at once whose device or consent is gone.
create function tell_position_rights() returns trigger language plpgsql as $$
begin
  perform pg_notify('access', 'officer:' || coalesce(to_jsonb(new) ->> 'officer', to_jsonb(old) ->> 'officer'));
  return null;
end $$;
create trigger trackers_tell_their_change after insert or update of revoked_at or delete on trackers
  for each row execute function tell_position_rights();
create trigger consents_tell_their_change after insert or update or delete on position_consents
  for each row execute function tell_position_rights();

-- Where officers were while on duty, one table a day of China: a day that is too old is dropped whole.
create table officer_tracks (
  subdistrict text not null,
  officer text not null,
  seen_at timestamptz not null,
  location point not null,
  accuracy real,                              -- metres; null = not told
  device text not null,
  primary key (subdistrict, officer, seen_at)
) partition by range (seen_at);
