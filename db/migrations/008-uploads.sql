-- Photos, documents and voice notes. What they hold lies in DATA_DIR/uploads under the id, outside of what is served as files.

create table uploads (
  id text primary key,                       -- random, 128 bits
  kind text not null,                        -- image, document, audio: told from the content
  type text not null,                        -- media type as it is served
  bytes integer not null,
  width integer,                             -- of images, pixels
  height integer,
  sha256 text not null,                      -- of what is stored, hex
  uploaded_by text,                          -- users.id; null = a resident without sign-in
  created_at timestamptz not null default now(),
  subdistrict text,                          -- of the case; null until it belongs to one
  case_id text,
  purpose text,                              -- evidence, report
  attached_at timestamptz,
  check ((case_id is null) = (purpose is null) and (case_id is null) = (subdistrict is null))
);
create index uploads_by_case on uploads (case_id) where case_id is not null;
create index uploads_unattached on uploads (created_at) where case_id is null;
