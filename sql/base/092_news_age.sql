-- How old news is. By the wall clock: business time may be that of a term long over, or leap in
-- a test hall, while a server that reads the tail has seen nothing of it yet.

set role yimen_owner;

alter table hall.news add column written_at timestamptz not null default clock_timestamp();
comment on column hall.news.written_at is 'Wall clock: after a day it goes (rule.sweep_news).';
create index news_written on hall.news (written_at);
