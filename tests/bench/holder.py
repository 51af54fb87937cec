"""Who holds a post (POST-2, POST-8): what the rule costs in a command, and how soon a change of holder reaches
500 windows that have a place in the post."""

ROUNDS = 20000

COST = f"""
do $$ declare k command.call; t timestamptz; x timestamptz; took float8[] := '{{}}'; p record;
begin
  select h.post_id, h.holder_id into p from hall.post h where h.holder_id is not null limit 1;
  k.staff_id := p.holder_id;
  t := clock_timestamp();
  for i in 1..{ROUNDS} loop x := hall.clock(); end loop;
  took := took || extract(epoch from clock_timestamp() - t)::float8;
  t := clock_timestamp();
  for i in 1..{ROUNDS} loop x := rule.open_holders(false); end loop;
  took := took || extract(epoch from clock_timestamp() - t)::float8;
  t := clock_timestamp();
  for i in 1..{ROUNDS} loop k := rule.act_for(k, p.post_id); end loop;
  took := took || extract(epoch from clock_timestamp() - t)::float8;
  create temp table took as select u * 1000 / {ROUNDS} as ms, o from unnest(took) with ordinality q (u, o);
end $$;
select ms from took order by o;
"""

# By the two who have the first places in the post, in turn.
CHANGE = """
select rule.hold(null::command.call, l.post_id, l.staff_id, left(l.place, 1), 'appoint', null)
from hall.post_place l
where l.post_id = {post} and l.place = '{place}';
"""


def cost(hall, out):
    """The moment of a command was read before, too: what it costs is not the rule's."""
    clock, opened, acted = (float(v) for v in hall.ask(COST).split())
    out("holder.open", opened - clock, "ms")
    out("holder.act", acted, "ms")
    out("holder.command", opened - clock + acted, "ms")


def changes(hall, crowd, listeners, count, out):
    """COMMIT's moment is PostgreSQL's own (track_commit_timestamp), the hearing's the listener's."""
    login = hall.items(1)[0][2]
    post = hall.ask("select p.post_id from hall.post p join hall.post_place l on l.post_id = p.post_id and l.place = 'A'"
                    f" join hall.staff s on s.staff_id = l.staff_id where s.login = '{login}' order by p.post_id limit 1")
    hall.ask(CHANGE.format(post=post, place="B1"))
    crowd.tell(f"subscribe {listeners}")
    said = crowd.tell(f"listen {count} post.held")
    if said[0] != "listening":
        raise RuntimeError(f"bench_crowd: {said}")
    for n in range(count):
        hall.ask(CHANGE.format(post=post, place="A" if n % 2 == 0 else "B1"))
    said = crowd.process.stdout.readline().split()
    committed = {int(news): int(at) for news, at in hall.rows(
        "select news_id, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::int8 from hall.news"
        " where event = 'post.held' and pg_xact_commit_timestamp(xmin) is not null")}
    with open(crowd.heard) as f:
        heard = [tuple(int(v) for v in line.split(",")) for line in f][-int(said[1]):]
    late = sorted(at - committed[news] for news, _, at in heard if news in committed)
    out("holder.listeners", listeners, "windows")
    out("holder.heard", len(late), "hearings")
    out("holder.unheard", listeners * count - len(late), "hearings")
    for name, part in (("p50", 500), ("p99", 990), ("max", 1000)):
        out(f"holder.{name}", late[(len(late) - 1) * part // 1000] / 1000, "ms")
