/* Operations of first contacts (首问, FST). */
#include "common/op.h"

static const struct op_field record_in[] = {
    {.name = "matter", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "what was asked, in words"},
    {.name = "result", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "answered, pointed (to a window), handed (to a post, which must confirm), kept (to be answered here)"},
    {.name = "name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_PERSONAL, .help = "the visitor's name; a visitor may give none"},
    {.name = "phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_PERSONAL, .help = "telephone"},
    {.name = "item_id", .type = OP_INT8, .help = "version of the item it is about"},
    {.name = "to_post_id", .type = OP_INT8, .help = "post pointed or handed to; absent: the one that receives the item"},
    {.name = "window_no", .type = OP_INT4, .help = "window pointed to, when no post is meant"},
    {.name = "reply", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "what the visitor was told; handed: a word to the other post"},
    {.name = "as_post_id", .type = OP_INT8, .help = "post acted for; absent: the one held that this window serves, else any held"},
    OP_DRAFT,
    {0},
};
static const struct op_field hand_in[] = {
    {.name = "visit_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the first contact"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version that was seen (CASE-14)"},
    {.name = "to_post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "post that is to take it"},
    {.name = "note", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "a word to that post"},
    {0},
};
static const struct op_field confirm_in[] = {
    {.name = "visit_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the first contact"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version that was seen (CASE-14)"},
    {0},
};
static const struct op_field close_in[] = {
    {.name = "visit_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the first contact"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version that was seen (CASE-14)"},
    {.name = "result", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "answered (when absent), pointed"},
    {.name = "reply", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "what the visitor was told"},
    {.name = "to_post_id", .type = OP_INT8, .help = "pointed: to the window of this post"},
    {.name = "window_no", .type = OP_INT4, .help = "pointed: to this window"},
    {0},
};
static const struct op_field list_in[] = {
    {.name = "all", .type = OP_BOOL, .help = "the whole hall's (supervisors, auditors); absent: those of the posts held now"},
    {.name = "late", .type = OP_BOOL, .help = "only those nobody closed by the end of their day (FST-2)"},
    {.name = "confirm", .type = OP_BOOL, .help = "only those a post held now is to confirm"},
    {.name = "day", .type = OP_DATE, .help = "recorded on this day, closed ones too; absent: every open one"},
    {.name = "post_id", .type = OP_INT8, .help = "only this post's, or asked of it"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "visit_id", .type = OP_INT8, .help = "the first contact"},
    {.name = "version", .type = OP_INT4, .help = "version"},
    {.name = "state", .type = OP_TEXT, .help = "open, handed (waits for the other post), closed"},
    {.name = "result", .type = OP_TEXT, .help = "answered, pointed, handed, kept"},
    {.name = "late", .type = OP_BOOL, .help = "nobody closed it by the end of its day (FST-2)"},
    {.name = "mine", .type = OP_BOOL, .help = "a post held now answers for it"},
    {.name = "confirm", .type = OP_BOOL, .help = "a post held now is to confirm it"},
    {.name = "recorded_at", .type = OP_MOMENT, .help = "business time of the record"},
    {.name = "ends_at", .type = OP_MOMENT, .help = "end of its day"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "the visitor, masked for posts it does not concern (SEC-1)"},
    {.name = "phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "telephone, masked likewise"},
    {.name = "matter", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what was asked, masked likewise"},
    {.name = "item", .type = OP_TEXT, .help = "item it is about"},
    {.name = "reply", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what the visitor was told, masked likewise"},
    {.name = "note", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "word that went with the last handing over, masked likewise"},
    {.name = "post_id", .type = OP_INT8, .help = "post that answers for it"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "to_post_id", .type = OP_INT8, .help = "post asked to take it"},
    {.name = "to_post", .type = OP_TEXT, .help = "its name"},
    {.name = "told_window_no", .type = OP_INT4, .help = "window the visitor was pointed to"},
    {.name = "told_place", .type = OP_TEXT, .help = "where that is"},
    {.name = "case_number", .type = OP_TEXT, .help = "case whose refusal handed the visitor over (NEG-4)"},
    {.name = "actor", .type = OP_TEXT, .help = "who recorded it, as what, for whom (CASE-13)"},
    {.name = "window_no", .type = OP_INT4, .help = "at which window"},
    {.name = "last_at", .type = OP_MOMENT, .help = "last change"},
    {.name = "last_actor", .type = OP_TEXT, .help = "who made it"},
    {.name = "closed_at", .type = OP_MOMENT, .help = "end"},
    {0},
};

const struct op op_visit[] = {
    {.id = 0x0b00, .name = "visit.record", .kind = OP_WRITE, .class = OP_HALL, .in = record_in, .out = op_outcome, .help = "record a visitor asked first here and what became of it (FST-1)"},
    {.id = 0x0b01, .name = "visit.hand", .kind = OP_WRITE, .class = OP_HALL, .in = hand_in, .out = op_outcome, .help = "ask another post to take an open one; it must confirm"},
    {.id = 0x0b02, .name = "visit.confirm", .kind = OP_WRITE, .class = OP_HALL, .in = confirm_in, .out = op_outcome, .help = "take one that was handed over"},
    {.id = 0x0b03, .name = "visit.close", .kind = OP_WRITE, .class = OP_HALL, .in = close_in, .out = op_outcome, .help = "the visitor was told the result"},
    {.id = 0x0b04, .name = "visit.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "open first contacts, or those of a day"},
    {0},
};
