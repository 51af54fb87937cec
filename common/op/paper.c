/* Operations of papers: attachments (PAR-7), originals kept and returned (CASE-2). */
#include "common/op.h"

static const struct op_field put_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "sha256", .type = OP_BYTES, .max = 32, .flags = OP_REQUIRED, .help = "SHA-256 of the whole file"},
    {.name = "size", .type = OP_INT4, .flags = OP_REQUIRED, .help = "its bytes"},
    {.name = "seq", .type = OP_INT2, .help = "material it shows: number in the guide"},
    {.name = "name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_REQUIRED | OP_PERSONAL, .help = "name of the file"},
    {.name = "no", .type = OP_INT4, .help = "chunk: 0, 1, 2 …; absent: only asks which is wanted next"},
    {.name = "bytes", .type = OP_BYTES, .max = OP_PAPER_CHUNK, .flags = OP_PERSONAL, .help = "its 49,152 bytes; of the last one what is left"},
    {.name = "void_id", .type = OP_INT8, .help = "the void attachment of the same content, to attach it once more all the same"},
    {0},
};
static const struct op_field put_out[] = {
    {.name = "paper_id", .type = OP_INT8, .help = "the attachment; NULL: not whole yet"},
    {.name = "next", .type = OP_INT4, .help = "chunk wanted next"},
    {.name = "chunks", .type = OP_INT4, .help = "chunks there will be"},
    {0},
};
static const struct op_field get_in[] = {
    {.name = "paper_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the attachment"},
    {.name = "no", .type = OP_INT4, .help = "chunk: 0 when absent"},
    {0},
};
static const struct op_field get_out[] = {
    {.name = "no", .type = OP_INT4, .help = "chunk"},
    {.name = "chunks", .type = OP_INT4, .help = "chunks there are"},
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "name of the file"},
    {.name = "media", .type = OP_TEXT, .help = "pdf, jpeg"},
    {.name = "size", .type = OP_INT4, .help = "bytes of the whole file"},
    {.name = "sha256", .type = OP_BYTES, .help = "SHA-256 of the whole file"},
    {.name = "bytes", .type = OP_BYTES, .flags = OP_PERSONAL, .help = "of this chunk"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "paper_id", .type = OP_INT8, .help = "the attachment"},
    {.name = "seq", .type = OP_INT2, .help = "material it shows; NULL: none of them"},
    {.name = "material", .type = OP_TEXT, .help = "its name"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "name of the file, masked unless one handles the case (SEC-1)"},
    {.name = "media", .type = OP_TEXT, .help = "pdf, jpeg: by its content"},
    {.name = "size", .type = OP_INT4, .help = "bytes"},
    {.name = "sha256", .type = OP_BYTES, .help = "of its content; NULL unless one handles the case"},
    {.name = "at", .type = OP_MOMENT, .help = "when it was whole"},
    {.name = "actor", .type = OP_TEXT, .help = "who attached it, acting as what, for whom"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "voided_at", .type = OP_MOMENT, .help = "when it was marked void; NULL: it stands"},
    {.name = "void_reason", .type = OP_TEXT, .help = "why"},
    {0},
};
static const struct op_field void_in[] = {
    {.name = "paper_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the attachment"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .meaning = OP_NAME, .flags = OP_REQUIRED, .help = "why it is the wrong one"},
    OP_DRAFT,
    {0},
};
static const struct op_field keep_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_REQUIRED | OP_ARRAY, .help = "originals kept: what each is"},
    {.name = "copies", .type = OP_INT2, .flags = OP_ARRAY, .help = "of each: how many, 1 when absent"},
    {.name = "seq", .type = OP_INT2, .flags = OP_ARRAY, .help = "of each: its material"},
    OP_DRAFT,
    {0},
};
static const struct op_field originals_out[] = {
    {.name = "original_id", .type = OP_INT8, .help = "the original"},
    {.name = "seq", .type = OP_INT2, .help = "its material; NULL: none of them"},
    {.name = "name", .type = OP_TEXT, .help = "what it is"},
    {.name = "copies", .type = OP_INT2, .help = "how many"},
    {.name = "kept_at", .type = OP_MOMENT, .help = "when the window took it"},
    {.name = "kept_by", .type = OP_TEXT, .help = "who"},
    {.name = "kept_window", .type = OP_INT4, .help = "where"},
    {.name = "returned_at", .type = OP_MOMENT, .help = "when it went back; NULL: still kept"},
    {.name = "returned_by", .type = OP_TEXT, .help = "who gave it back"},
    {.name = "returned_window", .type = OP_INT4, .help = "where"},
    {.name = "receiver", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "who got it and signed, masked unless one handles the case"},
    {.name = "remark", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "how it was signed for, or by what right another than the applicant got it"},
    {.name = "notice_id", .type = OP_INT8, .help = "paper that tells of it: the slip of its return, or while kept the receipt or slip that lists it"},
    {0},
};
static const struct op_field return_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "original_id", .type = OP_INT8, .flags = OP_REQUIRED | OP_ARRAY, .help = "originals that go back"},
    {.name = "receiver", .type = OP_TEXT, .max = 60, .meaning = OP_NAME, .flags = OP_REQUIRED | OP_PERSONAL, .help = "who gets them and has signed for them"},
    {.name = "remark", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "how it was signed for, or by what right another than the applicant gets them"},
    OP_DRAFT,
    {0},
};

const struct op op_paper[] = {
    {.id = 0x0900, .name = "paper.put", .kind = OP_CALL, .class = OP_STAFF, .in = put_in, .out = put_out, .help = "attach a PDF or JPEG to a case, chunk by chunk (PAR-7); goes on where it was cut"},
    {.id = 0x0901, .name = "paper.get", .kind = OP_CALL, .class = OP_STAFF, .in = get_in, .out = get_out, .help = "a chunk of an attachment, for those who handle the case; every get is written down (SEC-1)"},
    {.id = 0x0902, .name = "paper.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = list_out, .help = "attachments of a case"},
    {.id = 0x0903, .name = "paper.void", .kind = OP_WRITE, .class = OP_STAFF, .in = void_in, .out = op_outcome, .help = "mark a wrong attachment void; it is kept"},
    {.id = 0x0904, .name = "paper.keep", .kind = OP_WRITE, .class = OP_STAFF, .in = keep_in, .out = op_outcome, .help = "list originals that the window keeps, on the receipt of the same day, else on a slip (CASE-2)"},
    {.id = 0x0905, .name = "paper.originals", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = originals_out, .help = "originals of a case, kept and returned"},
    {.id = 0x0906, .name = "paper.return", .kind = OP_WRITE, .class = OP_STAFF, .in = return_in, .out = op_outcome, .help = "originals go back to who signs for them, on a slip that is printed (CASE-2)"},
    {0},
};
