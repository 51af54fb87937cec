/* Operations of sessions and of the command slots. */
#include "common/op.h"

static const struct op_field none[] = {{0}};

static const struct op_field hello_in[] = {
    {.name = "version_min", .type = OP_INT2, .flags = OP_REQUIRED, .help = "oldest protocol spoken"},
    {.name = "version_max", .type = OP_INT2, .flags = OP_REQUIRED, .help = "newest protocol spoken"},
    {.name = "program", .type = OP_TEXT, .max = 64, .flags = OP_REQUIRED, .help = "name and release of the peer"},
    {0},
};
static const struct op_field hello_out[] = {
    {.name = "version", .type = OP_INT2, .help = "protocol chosen"},
    {.name = "program", .type = OP_TEXT, .help = "name and release of the server"},
    {.name = "hall", .type = OP_TEXT, .help = "the hall's name"},
    {.name = "window_no", .type = OP_INT4, .help = "window of this certificate"},
    {.name = "window", .type = OP_TEXT, .help = "name of the window"},
    {.name = "test", .type = OP_BOOL, .help = "a test hall, whose clock can be moved"},
    {.name = "now", .type = OP_MOMENT, .help = "business time"},
    {.name = "hall_no", .type = OP_TEXT, .help = "the hall's number, four digits: front of every case number"},
    {.name = "training", .type = OP_BOOL, .help = "a training hall: every screen and paper says so"},
    {0},
};

static const struct op_field login_in[] = {
    {.name = "login", .type = OP_TEXT, .max = 32, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "login name"},
    {.name = "password", .type = OP_TEXT, .max = 128, .meaning = OP_PASSWORD, .flags = OP_REQUIRED | OP_PERSONAL, .help = "password"},
    {.name = "epoch", .type = OP_INT4, .flags = OP_REQUIRED, .help = "epoch of the window's journal; 0 when it has none"},
    {0},
};
static const struct op_field session_out[] = {
    {.name = "token", .type = OP_BYTES, .flags = OP_PERSONAL, .help = "resumes this session; bound to the certificate"},
    {.name = "staff_id", .type = OP_INT8, .help = "the person"},
    {.name = "login", .type = OP_TEXT, .help = "login name"},
    {.name = "name", .type = OP_TEXT, .help = "the person's name"},
    {.name = "class", .type = OP_INT4, .help = "classes held: 2 staff, 4 supervisor, 8 admin, 16 auditor, 32 kiosk"},
    {.name = "window_id", .type = OP_INT8, .help = "the window"},
    {.name = "window_no", .type = OP_INT4, .help = "its number on the hall floor"},
    {.name = "window", .type = OP_TEXT, .help = "its name"},
    {.name = "department", .type = OP_TEXT, .help = "the person's department"},
    {.name = "epoch", .type = OP_INT4, .help = "epoch for the keys of writes"},
    {.name = "journal_key", .type = OP_BYTES, .flags = OP_PERSONAL, .help = "opens the window's journal; kept in memory only"},
    {.name = "must_change", .type = OP_BOOL, .help = "the password must be changed before anything else"},
    {.name = "locked", .type = OP_BOOL, .help = "the session is locked"},
    {0},
};
static const struct op_field resume_in[] = {
    {.name = "token", .type = OP_BYTES, .max = 64, .flags = OP_REQUIRED | OP_PERSONAL, .help = "token given by session.login"},
    {.name = "epoch", .type = OP_INT4, .flags = OP_REQUIRED, .help = "epoch of the window's journal; 0 when it has none"},
    {0},
};
static const struct op_field unlock_in[] = {
    {.name = "password", .type = OP_TEXT, .max = 128, .meaning = OP_PASSWORD, .flags = OP_REQUIRED | OP_PERSONAL, .help = "password"},
    {0},
};
static const struct op_field password_in[] = {
    {.name = "old", .type = OP_TEXT, .max = 128, .meaning = OP_PASSWORD, .flags = OP_REQUIRED | OP_PERSONAL, .help = "password in force"},
    {.name = "new", .type = OP_TEXT, .max = 128, .meaning = OP_PASSWORD, .flags = OP_REQUIRED | OP_PERSONAL, .help = "new password, 8 characters or more"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "session_id", .type = OP_INT8, .help = "the session"},
    {.name = "login", .type = OP_TEXT, .help = "login name"},
    {.name = "name", .type = OP_TEXT, .help = "the person's name"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "opened_at", .type = OP_MOMENT, .help = "login"},
    {.name = "seen_at", .type = OP_MOMENT, .help = "last sign of life"},
    {.name = "locked", .type = OP_BOOL, .help = "screen locked"},
    {0},
};
static const struct op_field kick_in[] = {
    {.name = "session_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the session to end"},
    {0},
};

const struct op op_session[] = {
    {.id = 0x0100, .name = "session.hello", .kind = OP_LOCAL, .class = OP_NONE | OP_ANYONE | OP_KIOSK, .in = hello_in, .out = hello_out, .help = "first frame of a connection: agree on the protocol"},
    {.id = 0x0101, .name = "session.login", .kind = OP_LOCAL, .class = OP_NONE, .in = login_in, .out = session_out, .help = "open a session at this window"},
    {.id = 0x0102, .name = "session.logout", .kind = OP_LOCAL, .class = OP_ANYONE | OP_KIOSK, .in = none, .out = none, .help = "end this session"},
    {.id = 0x0103, .name = "session.lock", .kind = OP_CALL, .class = OP_ANYONE, .in = none, .out = none, .help = "lock this session until session.unlock"},
    {.id = 0x0104, .name = "session.unlock", .kind = OP_LOCAL, .class = OP_ANYONE, .in = unlock_in, .out = none, .help = "unlock this session"},
    {.id = 0x0105, .name = "session.resume", .kind = OP_LOCAL, .class = OP_NONE, .in = resume_in, .out = session_out, .help = "go on with a session on a new connection"},
    {.id = 0x0106, .name = "session.password", .kind = OP_LOCAL, .class = OP_ANYONE, .in = password_in, .out = none, .help = "change one's own password"},
    {.id = 0x0107, .name = "session.list", .kind = OP_READ, .class = OP_SUPERVISOR | OP_ADMIN | OP_AUDITOR, .in = none, .out = list_out, .help = "who is logged in where"},
    {.id = 0x0108, .name = "session.kick", .kind = OP_CALL, .class = OP_SUPERVISOR | OP_ADMIN, .in = kick_in, .out = none, .help = "end another's session"},
    {0},
};

static const struct op_field cancel_in[] = {
    {.name = "epoch", .type = OP_INT4, .flags = OP_REQUIRED, .help = "of the key given up"},
    {.name = "slot", .type = OP_INT2, .flags = OP_REQUIRED, .help = "of the key given up"},
    {.name = "seq", .type = OP_INT8, .flags = OP_REQUIRED, .help = "of the key given up"},
    {0},
};

const struct op op_command[] = {
    {.id = 0x0f00, .name = "command.cancel", .kind = OP_CALL, .class = OP_ANYONE, .in = cancel_in, .out = op_outcome, .help = "give up a write whose answer was lost: its outcome, or never"},
    {0},
};
