-- What was proposed when an officer was sent, so that the choice can be reviewed: ids and minutes, no names and no positions.

create table dispatch_decisions (
  subdistrict text not null,
  assignment_id text not null,
  at timestamptz not null,
  officer text not null,                      -- who was sent
  place integer,                              -- his place in the list, 1 = first; null = he was left out of it
  proposed jsonb not null,                    -- [{officer, score, minutes}], best first
  left_out jsonb not null,                    -- [{officer, reason}]
  weights jsonb not null,
  primary key (subdistrict, assignment_id)
);
