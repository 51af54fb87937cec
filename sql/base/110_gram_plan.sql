-- What the index of hall.case_search holds, unchanged: only its plan is kept now. As an SQL function
-- it was planned three times for every case received.

set role yimen_owner;

create or replace function hall.word_grams(p_segment text, p_words text, p_n int4) returns text[]
language plpgsql immutable strict parallel safe as $$
begin
  return (
    select array_agg(distinct p_segment || substr(w, i, p_n))
    from unnest(string_to_array(p_words, ' ')) w, generate_series(1, char_length(w) - p_n + 1) i
  );
end $$;

create or replace function hall.case_grams(p_case_id int8, p_digits text, p_names text, p_initials text) returns text[]
language plpgsql immutable parallel safe cost 100000 as $$
begin
  return hall.word_grams(hall.segment(p_case_id), p_digits, 4)
    || hall.word_grams(hall.segment(p_case_id), p_names, 2)
    || hall.word_grams(hall.segment(p_case_id), p_initials, 3);
end $$;
