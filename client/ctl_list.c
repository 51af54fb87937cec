/* The operations and their fields: for people, and as mdoc for yimen-protocol(7). */
#include <libintl.h>
#include <string.h>

#include "client/ctl.h"

#define _(msgid) gettext(msgid)

static const char *const kinds[] = {
    [OP_LOCAL] = "local", [OP_READ] = "read", [OP_CALL] = "call", [OP_WRITE] = "write"};

static const struct {
	int bit;
	const char *name;
} classes[] = {{OP_NONE, "none"}, {OP_STAFF, "staff"}, {OP_SUPERVISOR, "supervisor"}, {OP_ADMIN, "admin"},
    {OP_AUDITOR, "auditor"}, {OP_KIOSK, "kiosk"}};

static void put_classes(const struct op *op, FILE *to)
{
	const char *between = "";

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (op->class & classes[i].bit) {
			fprintf(to, "%s%s", between, classes[i].name);
			between = ", ";
		}
}

static void put_type(const struct op_field *f, FILE *to)
{
	fputs(op_type_name(f->type), to);
	if (f->max != 0)
		fprintf(to, "(%u)", f->max);
	if (f->flags & OP_ARRAY)
		fputs("[]", to);
}

void ctl_op_usage(const struct op *op, FILE *to)
{
	fprintf(to, "%s", op->name);
	for (const struct op_field *f = op->in; f->name != NULL; f++)
		fprintf(to, f->flags & OP_REQUIRED ? " %s=" : " [%s=]", f->name);
	putc('\n', to);
	for (const struct op_field *f = op->in; f->name != NULL; f++) {
		fprintf(to, "    %-14s ", f->name);
		put_type(f, to);
		fprintf(to, "%s  %s\n", f->flags & OP_REQUIRED ? "!" : "", f->help);
	}
}

static bool of_noun(const struct op *op, const char *noun)
{
	size_t len = noun != NULL ? strlen(noun) : 0;

	return noun == NULL || strcmp(op->name, noun) == 0 ||
	       (strncmp(op->name, noun, len) == 0 && op->name[len] == '.');
}

int ctl_list(const char *noun)
{
	size_t n, found = 0;
	const struct op *const *all = op_all(&n);

	for (size_t i = 0; i < n; i++) {
		if (!of_noun(all[i], noun))
			continue;
		found++;
		if (noun == NULL) {
			printf("%-20s %s\n", all[i]->name, all[i]->help);
			continue;
		}
		printf("%s%s — %s (%s; ", found > 1 ? "\n" : "", all[i]->name, all[i]->help,
		    kinds[all[i]->kind]);
		put_classes(all[i], stdout);
		puts(")");
		ctl_op_usage(all[i], stdout);
	}
	if (found > 0)
		return CTL_DONE;
	ctl_say(_("there is no noun «%s»; yimenctl commands lists them all"), noun);
	return CTL_USAGE;
}

/* Text of a table as mdoc: nothing in it may be taken for a macro or an escape. */
static void put_mdoc(const char *s)
{
	fputs("\\&", stdout);
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '"')
			fputs("\\(dq", stdout);
		else
			putchar(*s);
	}
}

static void manual_fields(const char *title, const struct op_field *fields)
{
	if (fields[0].name == NULL)
		return;
	printf(".Pp\n%s:\n.Bl -tag -width version_max -compact\n", title);
	for (const struct op_field *f = fields; f->name != NULL; f++) {
		printf(".It Va %s\n.Sy ", f->name);
		put_type(f, stdout);
		fputs(f->flags & OP_REQUIRED ? " \\(em required.\n" : " \\(em\n", stdout);
		put_mdoc(f->help);
		putchar('\n');
	}
	fputs(".El\n", stdout);
}

static void manual_op(const struct op *op)
{
	printf(".It Sy %s Pq 0x%04x , Em %s\n", op->name, op->id, kinds[op->kind]);
	put_mdoc(op->help);
	fputs(".\nFor: ", stdout);
	put_classes(op, stdout);
	fputs(".\n", stdout);
	manual_fields("Request", op->in);
	if (op->out == op_outcome)
		fputs(".Pp\nReply: the outcome row.\n", stdout);
	else
		manual_fields("Reply", op->out);
}

void ctl_manual(void)
{
	size_t n;
	const struct op *const *all = op_all(&n);
	const char *noun = "";
	bool open = false;

	for (size_t i = 0; i < n; i++) {
		size_t len = strcspn(all[i]->name, ".");

		if (strncmp(all[i]->name, noun, len) != 0 || noun[len] != '.') {
			printf(
			    "%s.Ss %.*s\n.Bl -tag -width Ds\n", open ? ".El\n" : "", (int)len, all[i]->name);
			noun = all[i]->name;
			open = true;
		}
		manual_op(all[i]);
	}
	if (open)
		fputs(".El\n", stdout);
	fputs(".Ss The outcome row\n", stdout);
	manual_fields("Columns", op_outcome);
}
