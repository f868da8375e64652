-- The ledger: any mixture of filters over a million cases, in any order, within a tenth of a second (bench `cases`).

-- Chinese has no spaces, and its words are mostly of two letters: text is found by its pairs of letters. (pg_trgm needs three, and
-- leaves Chinese out where the locale's letters are those of C.) Full-width and capital letters count as the plain ones.
-- '3号楼漏水' → {3号,号楼,楼漏,漏水}. In plpgsql, at half the cost of the same in SQL.
create function search_grams(said text) returns text[] language plpgsql immutable parallel safe strict as $$
declare
  letters text[] := string_to_array(lower(normalize(said, nfkc)), null);
  grams text[] := '{}';
begin
  for i in 1 .. cardinality(letters) - 1 loop
    grams[i] := letters[i] || letters[i + 1];
  end loop;
  return grams;
end
$$;

create index cases_by_text on cases using gin (search_grams(content || ' ' || coalesce(address, '')));

-- Filters. Few different values: such an index is small (equal keys share their entries) and cheap to write.
create index cases_by_status on cases (status);
create index cases_by_kind on cases (kind);
create index cases_by_source on cases (source);
create index cases_by_urgency on cases (urgency) where urgency <> 'normal';
create index cases_by_grid on cases (grid);
create index cases_by_compound on cases (compound) where compound is not null;
create index cases_by_zone on cases (zone) where zone is not null;
create index cases_by_worksite on cases (worksite) where worksite is not null;
create index cases_supervised on cases (id) where supervised;
create index cases_answered_no on cases (id) where not satisfied;
create index cases_unlocated on cases (id) where location is null;
create index cases_by_phone on cases using hash (contact_phone_hash);

-- Orders.
drop index cases_by_community;
create index cases_by_community on cases (community, id);
create index cases_by_assignee on cases (assignee, id);
create index cases_by_report on cases (reported_at);
create index cases_open_by_report on cases (reported_at) where status not in ('closed', 'archived', 'merged');
create index cases_by_closing on cases (closed_at) where closed_at is not null;
create index cases_by_dissatisfaction on cases (dissatisfied_in_row, id) where dissatisfied_in_row > 0;

-- Filters and columns that somebody keeps under a name.
create table ledger_views (
  id text primary key,
  owner text not null,                       -- users.id
  name text not null,
  query text not null,                       -- as it stands in the page's address
  shared boolean not null default false,
  updated_at timestamptz not null default now(),
  unique (owner, name)
);
