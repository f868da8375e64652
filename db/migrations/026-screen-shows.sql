-- What an officer has sent to a wall screen. One row a screen; it is over when `until` has passed, whoever looks.
create table screen_shows (
  screen text primary key,        -- users.id of a paired screen; 'loopback' for the demo's wall on its own machine
  show uuid not null default gen_random_uuid(),
  scene text not null,
  case_id text,
  bounds float8[] check (array_length(bounds, 1) = 4), -- west, south, east, north
  shown_by text not null,         -- users.id
  shown_by_name text not null,
  shown_at timestamptz not null,
  until timestamptz not null
);
