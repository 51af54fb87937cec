/*
 * The operations of the wire, declared once as const tables: one row per
 * operation, one row per field. The codec, the SQL binding, validation,
 * yimenctl, log names, the manual and the fuzz seeds are all read from here.
 * Knows neither libpq nor curses nor uv.
 */
#ifndef YIMEN_OP_H
#define YIMEN_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes_in;
struct bytes_out;

/* Values travel in PostgreSQL's binary format: integers big-endian, dates in
 * days and moments in microseconds since 2000-01-01 (UTC). */
enum op_type { OP_BOOL, OP_INT2, OP_INT4, OP_INT8, OP_TEXT, OP_BYTES, OP_DATE, OP_MOMENT };

/* What a text stands for, beyond being a text; decides its validation. */
enum op_meaning {
	OP_PLAIN,    /* any line of text */
	OP_CODE,     /* a word of our own: [a-z0-9_.-] */
	OP_NAME,     /* a person's or an organisation's name: not blank */
	OP_IDENT,    /* an identity number; its kind is the field before */
	OP_PHONE,    /* 5 to 20 digits, blanks, + and - */
	OP_PASSWORD, /* any characters, never logged or shown */
};

enum {
	OP_REQUIRED = 1, /* NULL is refused; an array must not be empty */
	OP_ARRAY = 2,
	OP_PERSONAL = 4, /* never logged */
};

struct op_field {
	const char *name;
	const char *help;
	uint16_t max; /* characters of a text, bytes of bytes; 0: by type */
	uint8_t type;
	uint8_t meaning;
	uint8_t flags;
};

/* How the server carries an operation out. */
enum op_kind {
	OP_LOCAL, /* inside yimend */
	OP_READ,  /* select * from api.noun_verb(token, in…) */
	OP_CALL,  /* as OP_READ, but changes state and is idempotent by its own key */
	OP_WRITE, /* under a slot: api.noun_verb(token, epoch, slot, seq, hash, in…) */
};

/* Who may try at all. What a person may do to a case is decided in SQL. */
enum {
	OP_NONE = 1, /* before login */
	OP_STAFF = 2,
	OP_SUPERVISOR = 4,
	OP_ADMIN = 8,
	OP_AUDITOR = 16,
	OP_KIOSK = 32,
	OP_HALL = OP_STAFF | OP_SUPERVISOR,
	OP_ANYONE = OP_HALL | OP_ADMIN | OP_AUDITOR,
};

struct op {
	const char *name; /* "noun.verb" */
	const char *help;
	const struct op_field *in;  /* ended by a field without a name */
	const struct op_field *out; /* likewise */
	uint16_t id;                /* noun × 256 + verb; never reused */
	uint8_t kind;
	uint8_t class;
};

/* The tables, one per noun; each ended by an operation without a name. */
extern const struct op op_session[], op_command[], op_item[], op_applicant[], op_case[], op_case_life[],
    op_case_clock[], op_fee[], op_notice[], op_post[], op_event[], op_clock[], op_paper[], op_draft[],
    op_visit[], op_agent[], op_exception[], op_negative[], op_cover[], op_handover[], op_absence[],
    op_presence[], op_review[], op_meeting[], op_deem[], op_project[];

/* The last field of every write that a form sends: the draft it was typed in. A write that ends
 * the form deletes the draft in its own transaction. A window puts the key in by itself. */
enum { OP_DRAFT_KEY = 16 };
/* clang-format off */
#define OP_DRAFT \
	{.name = "draft", .type = OP_BYTES, .max = OP_DRAFT_KEY, .help = "key of the draft it was typed in, which goes with it"}
/* clang-format on */

/* An attachment travels in chunks of so many bytes, the last one shorter (PAR-7); a frame
 * carries one. rule.paper_chunk() says the same. */
enum { OP_PAPER_CHUNK = 48 * 1024 };

/* The row every write returns, and every reply whose status is not OP_OK; a request that names a case, and no more. */
extern const struct op_field op_outcome[], op_of_case[];
enum {
	OUTCOME_CODE,
	OUTCOME_ARG1,
	OUTCOME_ARG2,
	OUTCOME_ARG3,
	OUTCOME_CASE,
	OUTCOME_VERSION,
	OUTCOME_NUMBER,
	OUTCOME_COLUMNS
};

/* A reply's status, in the frame's status field. */
enum op_status {
	OP_OK = 0,
	OP_REFUSED = 1,     /* a rule of the hall says no */
	OP_DENIED = 2,      /* not this person's to do */
	OP_NO_SESSION = 3,  /* log in first, or again */
	OP_BUSY = 4,        /* try again later; nothing was done */
	OP_UNAVAILABLE = 5, /* the database is away; a write's outcome is unknown */
	OP_INVALID = 6,     /* a field's value; arg1 is its name */
	OP_FENCED = 7,      /* the slot belongs to a newer epoch */
};

/* The key of a write, in front of its fields: exactly-once per window. */
struct op_key {
	uint32_t epoch; /* given by session.login */
	uint16_t slot;  /* 0…OP_SLOTS−1 */
	uint64_t seq;   /* 1, 2, 3 … within the slot and epoch */
};
enum { OP_SLOTS = 8, OP_ARRAY_MAX = 200, OP_FIELDS_MAX = 64, OP_KEY_BYTES = 14 };

/* One value. NULL is data == NULL with count 0. A scalar has count 1; an
 * array has count elements in data, each i32 length and bytes, as on the wire. */
struct op_value {
	const uint8_t *data;
	uint32_t len;
	uint32_t count;
	bool null;
};

/* Every operation in order of id; *n is their number. */
const struct op *const *op_all(size_t *n);
/* NULL when there is none. */
const struct op *op_by_id(uint16_t id);
const struct op *op_by_name(const char *name);
size_t op_width(const struct op_field *fields);
/* −1 when there is none. */
int op_field_index(const struct op_field *fields, const char *name);
/* The columns of a reply with this status. */
const struct op_field *op_reply_fields(const struct op *op, unsigned status);

/* Why a value was refused. code is one of client/refusal.c; field is its name. */
struct op_fault {
	const char *code;
	const char *field;
};

/* Reads the values of one request; they point into in's bytes. Must consume
 * everything. 0, or −1 with the fault filled in. */
__attribute__((warn_unused_result)) int op_decode_in(
    const struct op *op, struct bytes_in *in, struct op_value v[OP_FIELDS_MAX], struct op_fault *fault);
/* Whether so many bytes are a request of this operation by their shape, whatever the values: what does
 * not fit would cost the line. */
bool op_fits(const struct op *op, const void *payload, size_t len);
/* One value as it stands on the wire, a whole array's bytes still unopened. False when
 * fewer bytes are there than it says. */
bool op_get_value(struct bytes_in *in, struct op_value *v);
/* Checks one value against its field; kind_of is the value of the field before
 * (for OP_IDENT) or NULL. NULL when good, else a refusal code. */
const char *op_check(const struct op_field *f, const struct op_value *v, const struct op_value *kind_of);
/* Reads one row of a reply: 1, 0 at the end, −1 when malformed. */
__attribute__((warn_unused_result)) int op_decode_row(
    const struct op_field *fields, struct bytes_in *in, struct op_value v[OP_FIELDS_MAX]);
void op_encode_key(struct bytes_out *out, const struct op_key *key);
__attribute__((warn_unused_result)) int op_decode_key(struct bytes_in *in, struct op_key *key);

/* Encoders of one value each, in field order. */
void op_put_null(struct bytes_out *out);
void op_put_bool(struct bytes_out *out, bool v);
void op_put_int2(struct bytes_out *out, int16_t v);
void op_put_int4(struct bytes_out *out, int32_t v);
void op_put_int8(struct bytes_out *out, int64_t v);
/* A key; 0: none. */
void op_put_id(struct bytes_out *out, int64_t id);
void op_put_bytes(struct bytes_out *out, const void *p, size_t len);
/* NULL stays NULL. */
void op_put_text(struct bytes_out *out, const char *s);
void op_put_date(struct bytes_out *out, int32_t days);
void op_put_moment(struct bytes_out *out, int64_t us);
/* An array: begin, the elements by the encoders above, end. */
size_t op_array_begin(struct bytes_out *out);
void op_array_end(struct bytes_out *out, size_t begun, uint32_t count);

/* Readers of one decoded scalar; NULL reads as 0 or "". */
bool op_bool(const struct op_value *v);
int64_t op_int(const struct op_value *v); /* any integer, date or moment, by its length */
/* Copies a text, cut at a character if need be, into buf with a NUL. Returns buf. */
char *op_text(const struct op_value *v, char *buf, size_t size);
/* The elements of an array, one after another; false at the end. */
struct op_elements {
	const uint8_t *p;
	uint32_t left, len;
};
void op_elements_init(struct op_elements *e, const struct op_value *v);
bool op_elements_next(struct op_elements *e, struct op_value *v);

/* Parses what a person or script typed for a scalar field (ISO dates, local
 * moments "2026-11-23 09:30[:00]", true/false, decimal) and encodes it. A NULL
 * or empty text of a field that is not a text is NULL. Returns NULL or a refusal code. */
const char *op_put_typed(struct bytes_out *out, const struct op_field *f, const char *typed);
/* The reverse, for showing: buf holds the value as text. Moments in local time. */
char *op_show(const struct op_field *f, const struct op_value *v, char *buf, size_t size);
const char *op_type_name(uint8_t type);
/* A value of this type may have this many bytes. */
bool op_size_fits(uint8_t type, uint32_t len);

#endif
