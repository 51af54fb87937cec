"""What the checker of a year looks at: tables as CSV, moments as local seconds since the day 0 of
Python's calendar, as tests/oracle/clock.py counts them, with a fraction."""

import os

MOMENT = "extract(epoch from {0} at time zone 'Asia/Shanghai') + 62135683200 as {0}"

TABLES = {
    "case_file": ("hall.case_file", "case_id number item_version_id state step_seq version @received_at @delivered_at @term_at"
                  " @accepted_at @due_at @statutory_at provisional @step_at @step_due_at hurried extended promise_extended"
                  " step_extended @decided_at granted @deliver_at @handed_at light step_light silent corrections"),
    "event": ("hall.event", "event_id case_id seq version @at event from_state to_state acting notice_id"
              " array_to_json(detail)=detail x"),
    "stand": ("hall.stand", "case_id seq kind @ends_at @from_at @until_at version end_version @voided_at"),
    "due": ("hall.due", "case_id kind @at"),
    "item_version": ("hall.item_version", "item_version_id statutory promised unit answer_days handling"),
    "item_step": ("hall.item_step", "item_version_id seq phase limit_days"),
    "item_review": ("hall.item_review", "item_version_id seq limit_n unit num_nonnulls(deem_basis)=deems"),
    "notice": ("hall.notice", "notice_id case_id kind department_id year serial number @issued_at @voided_at"),
    "notice_counter": ("hall.notice_counter", "department_id kind year last"),
    "negative": ("hall.negative", "department_id year serial number case_id version category notice_id @voided_at"),
    "negative_counter": ("hall.negative_counter", "department_id year last"),
    "case_outcome": ("hall.case_outcome", "case_id version event timing spare @voided_at"),
    "fee": ("hall.fee", "fee_id case_id amount receipt_no notice_id @voided_at"),
    "audit": ("hall.audit where subject_kind = 'hall'", "audit_id @at event array_to_json(detail)=detail"),
    "clock": ("(select hall.clock() as now) c", "@now"),
}


def column(word):
    if word[0] == "@":
        return MOMENT.format(word[1:])
    return "{} as {}".format(*word.split("=")) if "=" in word else word


def export(hall, folder):
    """All in one snapshot."""
    os.makedirs(folder, exist_ok=True)
    sql = ["begin isolation level repeatable read read only;"]
    for name, (source, columns) in TABLES.items():
        path = os.path.join(folder, name + ".csv")
        sql.append(f"\\copy (select {', '.join(map(column, columns.split()))} from {source}) to '{path}' csv header null '\\N'")
    sql.append("commit;")
    hall.psql("\n".join(sql))
