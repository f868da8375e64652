-- The ladder against a property company (反馈 → 约谈 → 限期整改 → 调整物业) is climbed compound by compound: a zone may hold several, and
-- a compound outside of every zone has one too. A zone in which no named compound lies is a place of its own.
--
-- place = areas.id of the compound as text, or z- and the zone's id.

create table property_places (
  subdistrict text not null,
  place text not null,
  name text not null,                        -- as it was when last written to
  community text,
  zone text,                                 -- renovation zone in which it lies
  company text,                              -- who has it in hand; null = who the zone names
  version integer not null default 0,
  primary key (subdistrict, place)
);
create unique index property_places_by_place on property_places (place);
create index property_places_by_zone on property_places (zone) where zone is not null;

create table property_changes (
  subdistrict text not null,
  place text not null,
  version integer not null,                  -- of the place after the change
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  part text not null,
  before jsonb,
  after jsonb,
  primary key (subdistrict, place, version),
  foreign key (subdistrict, place) references property_places (subdistrict, place) on delete cascade
);

-- Which compounds lie in which zone: by the middle of their bounds.
create temporary table compounds_of_zones on commit drop as
  select distinct ring.subdistrict, ring.zone, areas.id as compound, areas.name
  from (
    select zone.subdistrict, zone.id as zone, (
      select ('(' || string_agg('(' || (corner ->> 0) || ',' || (corner ->> 1) || ')', ',' order by nr) || ')')::polygon
      from jsonb_array_elements(part -> 0) with ordinality as corners (corner, nr)
    ) as outline
    from renovation_zones as zone
    cross join lateral jsonb_array_elements(
      case zone.geometry ->> 'type'
        when 'Polygon' then jsonb_build_array(zone.geometry -> 'coordinates')
        else zone.geometry -> 'coordinates'
      end) as parts (part)
  ) as ring
  join areas on areas.class = 'compound' and areas.name is not null and ring.outline @> center(areas.bounds);

create temporary table places_of_zones on commit drop as
  select zone.subdistrict, zone.id as zone, zone.community, coalesce(lies.compound::text, 'z-' || zone.id) as place,
    coalesce(lies.name, zone.name) as name
  from renovation_zones as zone
  left join compounds_of_zones as lies on lies.subdistrict = zone.subdistrict and lies.zone = zone.id;

-- A step was taken for the whole zone: each compound of it keeps it.
alter table property_steps
  drop constraint property_steps_subdistrict_zone_fkey,
  add column place text;
drop index property_steps_by_zone;

insert into property_places (subdistrict, place, name, community, zone)
select distinct on (lies.place) lies.subdistrict, lies.place, lies.name, lies.community, lies.zone
from places_of_zones as lies
where exists (select from property_steps where property_steps.subdistrict = lies.subdistrict and property_steps.zone = lies.zone)
order by lies.place, lies.zone;

insert into property_steps (subdistrict, id, zone, nr, company, step, taken_on, due_on, note, skip_reason, documents, cases, outcome, outcome_on,
  outcome_note, place)
select step.subdistrict, step.id || '/' || lies.place, step.zone, step.nr, company, step, taken_on, due_on, note, skip_reason, documents, cases,
  outcome, outcome_on, outcome_note, lies.place
from property_steps as step
join places_of_zones as lies on lies.subdistrict = step.subdistrict and lies.zone = step.zone;
delete from property_steps where place is null;

update property_steps
set nr = ordered.nr
from (
  select subdistrict, id, row_number() over (partition by subdistrict, place order by taken_on, property_steps.nr, id) - 1 as nr
  from property_steps
) as ordered
where ordered.subdistrict = property_steps.subdistrict and ordered.id = property_steps.id;

alter table property_steps
  drop column zone,
  alter column place set not null,
  add foreign key (subdistrict, place) references property_places (subdistrict, place) on delete cascade;
create unique index property_steps_by_place on property_steps (subdistrict, place, nr);

-- Its papers: those of a place are not lost with the zone that was drawn around it.
alter table uploads
  add column property_place text,
  drop constraint uploads_belong;
update uploads
set property_place = step.place, zone = null
from property_steps as step
where uploads.subdistrict = step.subdistrict and uploads.id = any(step.documents) and uploads.zone is not null
  and not exists (select from zone_leftovers as leftover where leftover.subdistrict = uploads.subdistrict and leftover.evidence::text like '%' || uploads.id || '%');
alter table uploads
  add constraint uploads_belong check (
    num_nonnulls(case_id, zone, worksite, property_place) <= 1
    and (coalesce(case_id, zone, worksite, property_place) is null) = (purpose is null)
    and (coalesce(case_id, zone, worksite, property_place) is null) = (subdistrict is null));
drop index uploads_unattached;
create index uploads_unattached on uploads (created_at) where case_id is null and zone is null and worksite is null and property_place is null;
