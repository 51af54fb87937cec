"""What the checker looks at: a hall's tables as CSV, moments in microseconds since 2000."""

import os

MOMENT = "(extract(epoch from {0}) * 1000000)::int8 - 946684800000000 as {0}"

TABLES = {
    "case_file": "case_id, number, state, version, matter from hall.case_file",
    "case_party": "case_id, seq, role, id_kind, id_no, name, phone, address, scope, until_day, salt"
                  " from hall.case_party",
    "event": "event_id, case_id, seq, version, " + MOMENT.format("at") + ", event, from_state, to_state, post_id,"
             " staff_id, acting, acting_post_id, for_staff_id, window_id, notice_id, note,"
             " array_to_json(detail) as detail, hash from hall.event",
    "audit": "audit_id, subject_kind, subject_id, seq, " + MOMENT.format("at") + ", event, staff_id, window_id,"
             " array_to_json(detail) as detail, hash from hall.audit",
    "chain": "subject_kind, subject_id, seq, hash from hall.chain",
    "notice": "notice_id, case_id, kind, department_id, year, serial, number, template_id, title, "
              + MOMENT.format("issued_at") + ", blocks::text as blocks, copies from hall.notice",
    "notice_counter": "department_id, kind, year, last from hall.notice_counter",
    "notice_print": "print_id, notice_id, printer, ok from hall.notice_print",
    "stand": "case_id, seq, kind, " + MOMENT.format("from_at") + ", " + MOMENT.format("until_at") + ", version, end_version from hall.stand",
    "fee": "fee_id, case_id, amount, notice_id, receipt_no, voided_at from hall.fee",
    "negative": "department_id, year, serial, number, case_id, version, category, notice_id from hall.negative",
    "negative_counter": "department_id, year, last from hall.negative_counter",
    "visit": "visit_id, matter, state, version from hall.visit",
    "command": "window_id, slot, epoch, seq, status, code, case_id, version, number from hall.command",
    "window": "window_id, name from hall.\"window\"",
}


def dump(hall, folder):
    """All in one snapshot."""
    os.makedirs(folder, exist_ok=True)
    sql = ["begin isolation level repeatable read read only;"]
    for name, columns in TABLES.items():
        path = os.path.join(folder, name + ".csv")
        sql.append(f"\\copy (select {columns}) to '{path}' csv header null '\\N'")
    sql.append("commit;")
    hall.psql("\n".join(sql))
