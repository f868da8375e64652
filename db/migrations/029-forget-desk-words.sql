-- What the desk and its workers wrote to each other is forgotten in the log too when its time is over
-- (server/privacy/retention-rules.ts); who did what and when stays.

-- An event's {feature} or the whole item, without what a note or a handover says.
create function without_handover_words(said jsonb) returns jsonb language sql immutable parallel safe strict as $$
  select case
    when said ? 'feature' then said || jsonb_build_object('feature', without_handover_words(said -> 'feature'))
    when said ? 'properties' then said || jsonb_build_object('properties', without_handover_words(said -> 'properties'))
    else said
      || case when said ? 'said' then '{"said": ""}'::jsonb else '{}'::jsonb end
      || case when said ? 'remark' then '{"remark": null}'::jsonb else '{}'::jsonb end
      || case
        when jsonb_typeof(said -> 'taken') = 'object' then jsonb_build_object('taken', (said -> 'taken') || '{"notes": []}'::jsonb)
        else '{}'::jsonb
      end
  end
$$;

-- The same of an assignment, without reasons and what was given along.
create function without_assignment_words(said jsonb) returns jsonb language sql immutable parallel safe strict as $$
  select case
    when said ? 'feature' then said || jsonb_build_object('feature', without_assignment_words(said -> 'feature'))
    when said ? 'properties' then said || jsonb_build_object('properties', without_assignment_words(said -> 'properties'))
    when said ? 'officer' then said || '{"reason": null, "helpReason": null, "note": null}'::jsonb
    else said
  end
$$;
