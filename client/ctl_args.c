/*
 * key=value into the fields of an operation. Arrays repeat their key. Parallel arrays
 * (the ticks of materials, further parties) are rows: each value of the first opens a row, and
 * what follows belongs to it; a key given once for every row may also stand in a block.
 */
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "client/ctl.h"
#include "client/identity.h"
#include "client/refusal.h"
#include "common/frame.h"

#define _(msgid) gettext(msgid)

/* The value if this argument is key=value. */
static const char *value_of(const char *arg, const char *key)
{
	size_t len = strlen(key);

	return strncmp(arg, key, len) == 0 && arg[len] == '=' ? arg + len + 1 : NULL;
}

const char *ctl_value(int argc, char **argv, const char *key)
{
	const char *found = NULL;

	for (int i = 0; i < argc && found == NULL; i++)
		found = value_of(argv[i], key);
	return found;
}

/* Passwords from files, as key=value. */
static char secrets[4][IDENTITY_PASSWORD];

void ctl_secrets_done(void)
{
	explicit_bzero(secrets, sizeof(secrets));
}

bool ctl_secrets(const struct op *op, int argc, char **argv)
{
	size_t n = 0;
	char error[512];

	for (int i = 0; i < argc; i++)
		for (const struct op_field *f = op->in; f->name != NULL; f++) {
			const char *v = f->meaning == OP_PASSWORD ? value_of(argv[i], f->name) : NULL;
			size_t head = strlen(f->name) + 1;

			if (v == NULL || *v != '@' || n == sizeof(secrets) / sizeof(secrets[0]))
				continue;
			memcpy(secrets[n], argv[i], head);
			if (identity_secret(f->name, v + 1, secrets[n] + head, sizeof(secrets[n]) - head,
				error, sizeof(error)) < 0) {
				ctl_say("%s", error);
				return false;
			}
			argv[i] = secrets[n++];
			break;
		}
	return true;
}

static uint32_t times(int argc, char **argv, const char *key)
{
	uint32_t n = 0;

	for (int i = 0; i < argc; i++)
		n += value_of(argv[i], key) != NULL;
	return n;
}

static bool known_keys(const struct op *op, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		size_t f = 0;

		while (op->in[f].name != NULL && value_of(argv[i], op->in[f].name) == NULL)
			f++;
		if (op->in[f].name != NULL)
			continue;
		ctl_say(_("%s has no parameter «%s»; it takes:"), op->name, argv[i]);
		ctl_op_usage(op, stderr);
		return false;
	}
	return true;
}

static bool put(struct bytes_out *out, const struct op_field *f, const char *typed)
{
	const char *code = op_put_typed(out, f, typed);
	char why[256];

	if (code == NULL)
		return true;
	ctl_say("%s=%s: %s [%s]", f->name, f->meaning == OP_PASSWORD ? "…" : typed,
	    refusal_say(code, f->name, NULL, NULL, why, sizeof(why)), code);
	return false;
}

/* The word before the first underline names the list a field belongs to: party_role, party_name …; of
 * those without one there is one list more. */
static size_t list_of(const char *name)
{
	size_t len = strcspn(name, "_");

	return name[len] == '_' ? len : 0;
}

/* The first array of the field's list: its values open rows. */
static const struct op_field *leader_of(const struct op *op, const struct op_field *of)
{
	size_t len = list_of(of->name);

	for (const struct op_field *f = op->in; f->name != NULL; f++)
		if (f->flags & OP_ARRAY && list_of(f->name) == len && strncmp(f->name, of->name, len) == 0)
			return f;
	return of;
}

/* Fills values[rows] of one array; false when two fall into one row. */
static bool place(
    const struct op_field *f, const char *leader, int argc, char **argv, const char **values, uint32_t rows)
{
	bool in_block = times(argc, argv, f->name) == rows;
	uint32_t opened = 0, n = 0;

	for (int i = 0; i < argc; i++) {
		const char *v = value_of(argv[i], f->name);
		uint32_t row;

		opened += value_of(argv[i], leader) != NULL;
		if (v == NULL)
			continue;
		row = in_block ? n : opened - 1;
		if (row >= rows || values[row] != NULL) {
			ctl_say(_("%s: give it once after each %s, or once for every one of them"), argv[i],
			    leader);
			return false;
		}
		values[row] = v;
		n++;
	}
	return true;
}

static bool put_array(
    struct bytes_out *out, const struct op *op, const struct op_field *f, int argc, char **argv)
{
	const struct op_field *leader = leader_of(op, f);
	uint32_t rows = times(argc, argv, leader->name);
	const char *values[OP_ARRAY_MAX] = {NULL};
	size_t begun;

	if (times(argc, argv, f->name) == 0) {
		op_put_null(out);
		return true;
	}
	if (rows > OP_ARRAY_MAX) {
		ctl_say(_("%s: at most %d values"), leader->name, OP_ARRAY_MAX);
		return false;
	}
	if (!place(f, leader->name, argc, argv, values, rows))
		return false;
	begun = op_array_begin(out);
	for (uint32_t i = 0; i < rows; i++)
		if (!put(out, f, values[i]))
			return false;
	op_array_end(out, begun, rows);
	return true;
}

static bool put_field(
    struct bytes_out *out, const struct op *op, const struct op_field *f, int argc, char **argv)
{
	uint32_t given = times(argc, argv, f->name);
	/* What hello and login need is known here; a token is not. */
	bool needed = (f->flags & OP_REQUIRED) != 0 && (!(op->class & OP_NONE) || f->type == OP_BYTES);

	if (given == 0 && needed) {
		ctl_say(_("%s needs %s=…; it takes:"), op->name, f->name);
		ctl_op_usage(op, stderr);
		return false;
	}
	if (f->flags & OP_ARRAY)
		return put_array(out, op, f, argc, argv);
	if (given > 1) {
		ctl_say(_("%s: given more than once"), f->name);
		return false;
	}
	return put(out, f, ctl_value(argc, argv, f->name));
}

bool ctl_encode(const struct op *op, int argc, char **argv, struct bytes_out *out)
{
	char why[256];

	if (!known_keys(op, argc, argv))
		return false;
	for (const struct op_field *f = op->in; f->name != NULL; f++)
		if (!put_field(out, op, f, argc, argv))
			return false;
	if (out->bad || out->len + (op->kind == OP_WRITE ? OP_KEY_BYTES : 0) > FRAME_MAX) {
		ctl_say("%s: %s [link.large]", op->name,
		    refusal_say("link.large", NULL, NULL, NULL, why, sizeof(why)));
		return false;
	}
	return true;
}
