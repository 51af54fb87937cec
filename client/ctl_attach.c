/*
 * Whole attachments from the shell: paper.put file=PATH, and paper.get, whose file goes to stdout.
 * The same command again goes on where one was cut.
 */
#include <libintl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/ctl.h"
#include "client/refusal.h"
#include "client/file.h"

#define _(msgid) gettext(msgid)

struct ctl_attach {
	bool put;
	struct file_content file;
	struct upload up;
	struct download down;
	char name[FILE_NAME_BYTES];
	int shown; /* per cent on stderr */
};

bool ctl_attach_wanted(const struct op *op, int argc, char **argv)
{
	if (strcmp(op->name, "paper.put") == 0)
		return ctl_value(argc, argv, "file") != NULL;
	return strcmp(op->name, "paper.get") == 0 && ctl_value(argc, argv, "no") == NULL;
}

/* The fields as typed, judged as any other call's. False after saying what is wrong. */
static bool fields(const struct op *op, int argc, char **argv, struct bytes_out *out, struct op_value v[])
{
	struct op_fault fault = {0};
	struct bytes_in in;
	char why[256];

	if (!ctl_encode(op, argc, argv, out))
		return false;
	bytes_in_init(&in, out->p, out->len);
	if (op_decode_in(op, &in, v, &fault) == 0)
		return true;
	ctl_say("%s [%s]", refusal_say(fault.code, fault.field, NULL, NULL, why, sizeof(why)), fault.code);
	return false;
}

/* What the file says itself, as further key=value; the file's own key is taken out. */
static bool put_fields(struct ctl_attach *s, const struct op *op, int argc, char **argv)
{
	struct op_value v[OP_FIELDS_MAX];
	char sha256[7 + 64 + 1] = "sha256=", size[32], name[5 + FILE_NAME_BYTES];
	char **all = calloc((size_t)argc + 3, sizeof(*all));
	struct bytes_out out;
	int n = 0;
	bool good;

	if (all == NULL)
		abort();
	for (int i = 0; i < argc; i++)
		if (strncmp(argv[i], "file=", 5) != 0)
			all[n++] = argv[i];
	sodium_bin2hex(sha256 + 7, 65, s->file.sha256, sizeof(s->file.sha256));
	snprintf(size, sizeof(size), "size=%zu", s->file.len);
	snprintf(name, sizeof(name), "name=%s", s->file.name);
	all[n++] = sha256;
	all[n++] = size;
	if (ctl_value(argc, argv, "name") == NULL)
		all[n++] = name;
	bytes_out_init(&out, 0);
	good = fields(op, n, all, &out, v);
	if (good && (!v[op_field_index(op->in, "no")].null || !v[op_field_index(op->in, "bytes")].null)) {
		ctl_say(_("file= stands for sha256, size, no and bytes together"));
		good = false;
	}
	if (good) {
		op_text(&v[op_field_index(op->in, "name")], s->name, sizeof(s->name));
		upload_init(&s->up, s->file.bytes, s->file.len, s->file.sha256, s->name,
		    op_int(&v[op_field_index(op->in, "case_id")]),
		    (int)op_int(&v[op_field_index(op->in, "seq")]));
		s->up.void_id = op_int(&v[op_field_index(op->in, "void_id")]);
	}
	bytes_out_done(&out);
	free(all);
	return good;
}

static bool open_put(struct ctl_attach *s, const struct op *op, int argc, char **argv)
{
	struct file_fault fault;
	const char *path = ctl_value(argc, argv, "file");
	char why[512];

	if (file_load(path, &s->file, &fault) == 0)
		return put_fields(s, op, argc, argv);
	ctl_say("%s: %s [%s]", path, refusal_say(fault.code, fault.arg, NULL, NULL, why, sizeof(why)),
	    fault.code);
	return false;
}

static bool open_get(struct ctl_attach *s, const struct op *op, int argc, char **argv)
{
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_out out;
	bool good;

	if (isatty(STDOUT_FILENO)) {
		ctl_say(_("paper.get writes a file; send it somewhere: … > FILE"));
		return false;
	}
	bytes_out_init(&out, 0);
	good = fields(op, argc, argv, &out, v);
	if (good)
		download_init(&s->down, op_int(&v[0]));
	bytes_out_done(&out);
	return good;
}

struct ctl_attach *ctl_attach_open(const struct op *op, int argc, char **argv)
{
	struct ctl_attach *s = calloc(1, sizeof(*s));

	if (s == NULL || sodium_init() < 0)
		abort();
	s->put = strcmp(op->name, "paper.put") == 0;
	s->shown = -1;
	if (s->put ? open_put(s, op, argc, argv) : open_get(s, op, argc, argv))
		return s;
	ctl_attach_free(s);
	return NULL;
}

void ctl_attach_request(const struct ctl_attach *s, struct bytes_out *out)
{
	bytes_out_reset(out);
	if (s->put)
		upload_request(&s->up, out);
	else
		download_request(&s->down, out);
}

static void show(struct ctl_attach *s, bool end)
{
	int percent = s->put ? upload_percent(&s->up) : download_percent(&s->down);

	if (!isatty(STDERR_FILENO) || (percent == s->shown && !end))
		return;
	fprintf(stderr, "\r%3d %%%s", percent, end ? "\n" : "");
	s->shown = percent;
}

enum transfer_verdict ctl_attach_reply(struct ctl_attach *s, const struct reply *r)
{
	enum transfer_verdict v = s->put ? upload_reply(&s->up, r) : download_reply(&s->down, r);

	show(s, v != TRANSFER_GO);
	return v;
}

int ctl_attach_finish(struct ctl_attach *s, const struct ctl_options *opt, const struct reply *r)
{
	if (s->put)
		ctl_print(opt, r, stdout);
	else if (fwrite(s->down.bytes, 1, s->down.len, stdout) != s->down.len)
		return CTL_UNAVAILABLE;
	return fflush(stdout) == 0 ? CTL_DONE : CTL_UNAVAILABLE;
}

const char *ctl_attach_code(const struct ctl_attach *s)
{
	return !s->put && s->down.code != NULL ? s->down.code : "link.malformed";
}

void ctl_attach_free(struct ctl_attach *s)
{
	if (s == NULL)
		return;
	file_free(&s->file);
	download_done(&s->down);
	free(s);
}
