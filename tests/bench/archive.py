"""Finding a case among years of them (CASE-12): every kind of fragment, common and rare, through
yimend at one window."""

import os

HERE = os.path.dirname(os.path.realpath(__file__))

# What half of the hall shares, what one person alone has, and what nobody has.
COMMON = ["王伟", "伟伟", "张涛", "李敏", "欧阳", "有限公司", "公司", "示例区", "餐饮管理", "合作社", "zgs", "yxgs", "slq", "wwf",
          "lwf", "chs", "2026", "2025", "5199", "51992026", "1990", "19900101", "5101", "510120", "1380", "0000", "8888", "1234"]
RARE = ["㛃伟", "尉迟", "䶮焱", "𠮷淼", "oyx", "gsyx", "ylb", "99999999", "519920251126", "20261126", "5199202611260"]


def fill(hall, cases, applicants):
    hall.psql("", "-v", f"cases={cases}", "-v", f"applicants={applicants}", "-f", os.path.join(HERE, "../load/archive.sql"))
    hall.psql("vacuum analyze")


def fragments(hall, folder):
    """A file of them: the common, the rare, and what is known of a hundred random cases."""
    known = hall.rows("""
        select split_part(c.number, '-', 3) || right(c.number, 1), right(p.id_no, 4), right(p.id_no, 6), right(p.phone, 4),
          right(p.phone, 8), p.phone, p.name, left(p.name, 2), right(p.name, 2), right(split_part(s.initials, ' ', 2), 3),
          split_part(s.initials, ' ', 2), replace(c.number, '-', '')
        from hall.case_file c
        join hall.case_party p on p.case_id = c.case_id and p.seq = 1
        join hall.case_search s on s.case_id = c.case_id
        order by md5(c.number) limit 100""")
    lines = COMMON + RARE
    for row in known:
        lines += [q for q in row if len(q) >= (4 if q[0].isdigit() else 3 if q.isascii() else 2)]
    path = os.path.join(folder, "fragments")
    with open(path, "w") as f:
        f.writelines(line + "\n" for line in lines)
    return path, len(lines)


def measure(hall, crew, folder, cases, applicants, out):
    fill(hall, cases, applicants)
    path, n = fragments(hall, folder)
    crew.tell(f"cases {n} {path}")
    said = crew.tell(f"cases {n * 3} {path}")
    out("case_find.cases", cases, "cases")
    out("case_find.fragments", n, "fragments")
    for q in ("p50", "p99", "max"):
        out(f"case_find.{q}", float(said[q]) / 1000, "ms")
    out("case_find.slowest", said["slowest"], "fragment")
