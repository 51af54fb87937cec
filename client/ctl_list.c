/* The operations and their fields: for people, and as mdoc for yimen-protocol(7). */
#include <libintl.h>
#include <string.h>

#include "client/ctl.h"
#include "client/refusal.h"
#include "client/settings.h"

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

static void put_synopsis(const struct op *op, FILE *to)
{
	fputs(op->name, to);
	for (const struct op_field *f = op->in; f->name != NULL; f++) {
		fprintf(to, f->flags & OP_REQUIRED ? " %s=" : " [%s=", f->name);
		fputs(f->flags & OP_ARRAY ? "…" : "", to);
		fputs(f->flags & OP_REQUIRED ? "" : "]", to);
	}
	putc('\n', to);
}

void ctl_op_usage(const struct op *op, FILE *to)
{
	put_synopsis(op, to);
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
			put_synopsis(all[i], stdout);
			printf("    %s\n", all[i]->help);
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

/* Text as mdoc: nothing in it may be taken for a macro or an escape; a new sentence begins a
 * new line. */
static void put_mdoc(const char *s)
{
	if (*s == '.' || *s == '\'')
		fputs("\\&", stdout);
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '"')
			fputs("\\(dq", stdout);
		else if (s[0] == ' ' && strchr(".;:", s[-1]) != NULL && s[1] >= 'A' && s[1] <= 'Z')
			putchar('\n');
		else
			putchar(*s);
	}
	putchar('\n');
}

static void manual_fields(const struct op_field *fields)
{
	puts(".Bl -tag -width version_max -compact");
	for (const struct op_field *f = fields; f->name != NULL; f++) {
		printf(".It Va %s Pq ", f->name);
		put_type(f, stdout);
		fputs(f->flags & OP_REQUIRED ? ", required\n" : "\n", stdout);
		put_mdoc(f->help);
	}
	puts(".El");
}

static void manual_op(const struct op *op)
{
	printf(".Ss %s\n", op->name);
	put_mdoc(op->help);
	printf(".Pp\nNumber 0x%04x, %s, for: ", op->id, kinds[op->kind]);
	put_classes(op, stdout);
	puts(".");
	if (op->in[0].name != NULL) {
		puts("Request:");
		manual_fields(op->in);
	}
	if (op->out == op_outcome) {
		puts("Reply: the outcome row.");
	} else if (op->out[0].name != NULL) {
		puts("Reply:");
		manual_fields(op->out);
	}
}

static void manual_operations(void)
{
	size_t n;
	const struct op *const *all = op_all(&n);

	for (size_t i = 0; i < n; i++)
		manual_op(all[i]);
}

static void manual_refusals(void)
{
	char text[512];

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; refusal_code(i) != NULL; i++) {
		printf(".It Er %s\n", refusal_code(i));
		put_mdoc(refusal_say(refusal_code(i), "<1>", "<2>", "<3>", text, sizeof(text)));
	}
	puts(".El");
}

int ctl_manual(const char *what)
{
	if (what == NULL || strcmp(what, "operations") == 0)
		manual_operations();
	else if (strcmp(what, "outcome") == 0)
		manual_fields(op_outcome);
	else if (strcmp(what, "refusals") == 0)
		manual_refusals();
	else if (strcmp(what, "settings") == 0)
		conf_print_mdoc(settings_rows);
	else
		return CTL_USAGE;
	return CTL_DONE;
}
