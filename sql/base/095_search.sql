-- What finds a case (CASE-12), again: cases in segments of neighbouring keys, so that however many
-- cases there are, and however many have a fragment, the newest are found by looking through a few
-- thousand. A gram is indexed with its segment in front; the grams themselves are not stored.

set role yimen_owner;

create function hall.segment(p_case_id int8) returns text language sql immutable parallel safe
as $$ select to_hex(p_case_id >> 17) || ':' $$;
comment on function hall.segment(int8) is
  'The segment of a case: 131,072 neighbouring keys, of which cases are one in ten or so.';

create function hall.word_grams(p_segment text, p_words text, p_n int4) returns text[]
language sql immutable strict parallel safe as $$
  select array_agg(distinct p_segment || substr(w, i, p_n))
  from unnest(string_to_array(p_words, ' ')) w, generate_series(1, char_length(w) - p_n + 1) i
$$;
comment on function hall.word_grams(text, text, int4) is 'Every run of n characters in words, its segment in front.';

create function hall.front(p_segment text, p_grams text[]) returns text[] language sql immutable strict parallel safe
as $$ select array_agg(p_segment || g) from unnest(p_grams) g $$;
comment on function hall.front(text, text[]) is 'Grams with a segment in front, to be looked up in it.';

-- Dear: nobody is to work it out row by row for want of the index.
create function hall.case_grams(p_case_id int8, p_digits text, p_names text, p_initials text) returns text[]
language sql immutable parallel safe cost 100000 as $$
  select hall.word_grams(hall.segment(p_case_id), p_digits, 4)
    || hall.word_grams(hall.segment(p_case_id), p_names, 2)
    || hall.word_grams(hall.segment(p_case_id), p_initials, 3)
$$;
comment on function hall.case_grams(int8, text, text, text) is
  'What the index of hall.case_search holds: fours of digits, pairs of hanzi, threes of initials.';

drop index hall.case_search_grams;
alter table hall.case_search drop column grams;
comment on table hall.case_search is 'What finds a case (CASE-12): one index for all fragments, hall.case_grams().';
-- Every insert pays for itself: a pending list would make some search wait for it.
create index case_search_grams on hall.case_search
  using gin (hall.case_grams(case_id, digits, names, initials)) with (fastupdate = off);
