-- What a case said is forgotten in the log too when its time is over (server/privacy/retention-rules.ts). Nothing else of an
-- event ever changes, and that only where a transaction says that it is retention.

create or replace function refuse_event_change() returns trigger language plpgsql as $$
begin
  if current_setting('huizhi.retention', true) = 'on'
    and (new.subdistrict, new.seq, new.at, new.type, new.id, new.regions, new.left_regions)
      = (old.subdistrict, old.seq, old.at, old.type, old.id, old.regions, old.left_regions) then
    return new;
  end if;
  raise exception 'events is append-only' using errcode = 'insufficient_privilege';
end
$$;
drop trigger events_are_append_only on events;
create trigger events_are_append_only before update on events
for each row execute function refuse_event_change();

-- The event's data ({feature} or {set, geometry}) or the whole item, without text, address and place.
create function without_case_text(said jsonb) returns jsonb language sql immutable parallel safe strict as $$
  select case
    when said ? 'feature' then said || jsonb_build_object('feature', without_case_text(said -> 'feature'))
    when said ? 'set' then said || jsonb_build_object('set', (said -> 'set') || blank)
      || case when said ? 'geometry' then '{"geometry": null}'::jsonb else '{}'::jsonb end
    when said ? 'properties' then said || jsonb_build_object('properties', (said -> 'properties') || blank, 'geometry', null)
    else said
  end
  from (
    select coalesce(jsonb_object_agg(key, case key when 'content' then '""'::jsonb else 'null'::jsonb end), '{}') as blank
    from jsonb_object_keys(coalesce(said -> 'set', said -> 'properties', '{}')) as keys (key)
    where key in ('content', 'address')
  ) as blanks
$$;
