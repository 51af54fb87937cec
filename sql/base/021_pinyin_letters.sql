-- First letters of a character's readings, kept beside them: every new name needs them.

set role yimen_owner;

create function hall.first_letters(p_readings text) returns text language plpgsql immutable as $$
declare
  made text := '';
  r text;
begin
  foreach r in array string_to_array(p_readings, ' ') loop
    if position(left(r, 1) in made) = 0 then
      made := made || left(r, 1);
    end if;
  end loop;
  return made;
end $$;
comment on function hall.first_letters(text) is 'zhong chong → zc: first letters of readings, each once, in their order.';

alter table hall.pinyin_reading add column letters text generated always as (hall.first_letters(readings)) stored;
comment on column hall.pinyin_reading.letters is 'First letters of the readings, each once.';
