/* The further parties of an application: see parties.h. Drawing is in parties_draw.c. */
#include "client/screen/parties.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/op.h"

/* clang-format off */
static const struct form_field fields[] = {
    [PARTY_ROLE] = {.name = "party_role", .label = N_("Role"), .kind = FORM_CHOICE, .choices = word_roles, .row = 0, .weight = 2},
    [PARTY_ID_KIND] = {.name = "party_id_kind", .label = N_("Document"), .kind = FORM_CHOICE, .choices = word_id_kinds, .row = 0, .weight = 3},
    [PARTY_ID_NO] = {.name = "party_id_no", .label = N_("No."), .max = 32, .row = 1, .weight = 3, .personal = true},
    [PARTY_NAME] = {.name = "party_name", .label = N_("Name"), .max = 120, .row = 2, .weight = 3, .required = true, .personal = true},
    [PARTY_PHONE] = {.name = "party_phone", .label = N_("Phone"), .max = 20, .row = 2, .weight = 2, .personal = true},
    [PARTY_ADDRESS] = {.name = "party_address", .label = N_("Address"), .max = 200, .row = 3, .personal = true},
};
/* clang-format on */

static const char *cleaned(const struct form *f, char *buf, size_t size)
{
	return ident_clean(form_value(f, PARTY_ID_NO), buf, size);
}

static const char *check_no(const struct form *f, bool done)
{
	char clean[64];
	bool representative = strcmp(form_value(f, PARTY_ROLE), "representative") == 0;
	cleaned(f, clean, sizeof clean);
	if (clean[0] == '\0')
		return done && !representative ? "field.required" : NULL;
	return word_ident_fault(form_value(f, PARTY_ID_KIND), clean, done);
}

static const char *check(const struct form *f, int field, bool done)
{
	if (field == PARTY_ID_NO)
		return check_no(f, done);
	if (field == PARTY_NAME)
		return word_name_fault(form_value(f, field), done);
	return field == PARTY_PHONE ? word_phone_fault(form_value(f, field), done) : NULL;
}

static void explain(const struct form *f, int field, const char *code, char *buf, size_t size)
{
	char said[FORM_SENTENCE];
	screen_sentence(code, f->fields[field].name, said, sizeof said);
	if (strncmp(code, "field.", 6) == 0)
		snprintf(buf, size, _("%s: %.200s"), form_label(f, field), said);
	else
		snprintf(buf, size, "%s", said);
}

static const struct form_ops form_ops = {.check = check, .explain = explain};

void parties_init(struct parties *p)
{
	memset(p, 0, sizeof *p);
	p->edited = -1;
	form_init(&p->form, fields, PARTY_FIELDS, &form_ops, p);
	p->form.focus = PARTY_ID_NO;
}

void parties_done(struct parties *p)
{
	form_wipe(&p->form);
	memset(p->list, 0, sizeof p->list);
	p->n = 0;
}

static void say(struct parties *p, const char *code, const char *arg)
{
	screen_sentence(code, arg, p->said, sizeof p->said);
}

int parties_count(const struct parties *p, const char *role)
{
	int n = 0;
	for (int i = 0; i < p->n; i++)
		n += strcmp(p->list[i].value[PARTY_ROLE], role) == 0;
	return n;
}

static int civil(int32_t days)
{
	char date[16];
	int y = 0, m = 0, d = 0;
	word_date(days, date, sizeof date);
	return sscanf(date, "%d-%d-%d", &y, &m, &d) == 3 ? y * 10000 + m * 100 + d : 0;
}

bool parties_lacks_guardian(const struct parties *p, const char *kind, const char *id_no, int32_t day)
{
	char clean[64];
	ident_clean(id_no, clean, sizeof clean);
	return ident_minor(kind, clean, strlen(clean), civil(day)) && parties_count(p, "guardian") == 0;
}

/* An empty form for the next one. */
static void blank(struct parties *p, const char *role)
{
	form_init(&p->form, fields, PARTY_FIELDS, &form_ops, p);
	form_set(&p->form, PARTY_ROLE, role);
	p->form.focus = PARTY_ID_NO;
	p->edited = -1;
	p->keep = p->lookup = false;
	p->asked[0] = '\0';
}

void parties_show(struct parties *p, const char *kind, const char *id_no, const char *name, const char *role,
    int32_t today, const char *said)
{
	p->open = true;
	p->inlist = false;
	p->org = strcmp(kind, "org") == 0;
	p->today = civil(today);
	snprintf(p->first, sizeof p->first, "%s", name);
	ident_clean(id_no, p->first_id, sizeof p->first_id);
	snprintf(p->said, sizeof p->said, "%s", said == NULL ? "" : said);
	if (role == NULL)
		role = p->org && parties_count(p, "representative") == 0 ? "representative" : "applicant";
	if (!parties_typing(p))
		blank(p, role);
	/* A representative is known by name; others by what they show. */
	if (!parties_typing(p) && strcmp(form_value(&p->form, PARTY_ROLE), "representative") == 0)
		p->form.focus = PARTY_NAME;
}

void parties_close(struct parties *p)
{
	p->open = false;
	p->said[0] = '\0';
}

bool parties_typing(const struct parties *p)
{
	return !form_empty(&p->form);
}

void parties_turn(struct parties *p)
{
	p->inlist = !p->inlist && p->n > 0;
	p->said[0] = '\0';
	if (p->at >= p->n)
		p->at = p->n > 0 ? p->n - 1 : 0;
}

/* What the rules will refuse anyway is said now (rule.check_party). NULL when good. */
static const char *cannot(const struct parties *p, const struct party *q)
{
	const char *role = q->value[PARTY_ROLE], *no = q->value[PARTY_ID_NO];
	if (p->org && strcmp(role, "guardian") == 0)
		return "party.guardian_org";
	if (strcmp(role, "representative") == 0 && (!p->org || strcmp(q->value[PARTY_ID_KIND], "org") == 0))
		return "party.representative";
	if (strcmp(role, "guardian") == 0 && ident_minor(q->value[PARTY_ID_KIND], no, strlen(no), p->today))
		return "party.guardian_minor";
	if (strcmp(role, "representative") == 0)
		return NULL;
	if (strcmp(no, p->first_id) == 0)
		return "party.twice";
	for (int i = 0; i < p->n; i++)
		if (i != p->edited && strcmp(p->list[i].value[PARTY_ROLE], "representative") != 0 &&
		    strcmp(p->list[i].value[PARTY_ID_NO], no) == 0)
			return "party.twice";
	return NULL;
}

static void read(const struct parties *p, struct party *q)
{
	for (int i = 0; i < PARTY_FIELDS; i++)
		snprintf(q->value[i], sizeof q->value[i], "%s", form_value(&p->form, i));
	cleaned(&p->form, q->value[PARTY_ID_NO], sizeof q->value[PARTY_ID_NO]);
	if (q->value[PARTY_ID_NO][0] == '\0')
		q->value[PARTY_ID_KIND][0] = '\0';
}

bool parties_add(struct parties *p)
{
	struct party q;
	if (!parties_typing(p))
		return true;
	if (!form_check(&p->form)) {
		snprintf(p->said, sizeof p->said, "%s", p->form.error[p->form.focus]);
		return false;
	}
	read(p, &q);
	const char *code = p->edited < 0 && p->n >= PARTIES_MAX ? "party.full" : cannot(p, &q);
	if (code != NULL) {
		say(p, code, q.value[PARTY_NAME]);
		return false;
	}
	if (p->edited >= 0)
		p->list[p->edited] = q;
	else
		p->list[p->n++] = q;
	p->said[0] = '\0';
	blank(p, "applicant");
	return true;
}

void parties_take(struct parties *p, const char *const value[PARTY_FIELDS])
{
	struct party q;
	if (p->n >= PARTIES_MAX)
		return;
	for (int i = 0; i < PARTY_FIELDS; i++)
		snprintf(q.value[i], sizeof q.value[i], "%s", value[i]);
	p->list[p->n++] = q;
}

static void edit(struct parties *p)
{
	const struct party *q = &p->list[p->at];
	if (!parties_add(p))
		return;
	blank(p, q->value[PARTY_ROLE]);
	for (int i = 0; i < PARTY_FIELDS; i++)
		form_set(&p->form, i, q->value[i]);
	(void)form_check(&p->form);
	form_go(&p->form, PARTY_NAME);
	snprintf(p->asked, sizeof p->asked, "%s", q->value[PARTY_ID_NO]);
	p->edited = p->at;
	p->inlist = false;
}

static void drop(struct parties *p)
{
	memmove(&p->list[p->at], &p->list[p->at + 1], (size_t)(p->n - p->at - 1) * sizeof *p->list);
	p->n--;
	if (p->edited == p->at)
		p->edited = -1;
	else if (p->edited > p->at)
		p->edited--;
	if (p->at >= p->n && p->at > 0)
		p->at--;
	p->inlist = p->n > 0;
}

static enum parties_result list_part(struct parties *p, const struct key *k)
{
	switch (k->code) {
	case K_UP:
		p->at -= p->at > 0;
		return PARTIES_MOVED;
	case K_DOWN:
		if (p->at + 1 >= p->n)
			p->inlist = false;
		else
			p->at++;
		return PARTIES_MOVED;
	case K_ENTER:
		edit(p);
		return p->inlist ? PARTIES_REFUSED : PARTIES_MOVED;
	case K_DELETE:
	case K_BACKSPACE:
		drop(p);
		return PARTIES_ADDED;
	case K_TAB:
		parties_turn(p);
		return PARTIES_MOVED;
	default:
		return PARTIES_UNUSED;
	}
}

/* The kind of document follows a number that can be of one kind only. */
static void guess(struct parties *p)
{
	char clean[64];
	cleaned(&p->form, clean, sizeof clean);
	const char *now = form_value(&p->form, PARTY_ID_KIND), *kind = ident_guess(clean, strlen(clean));
	if (p->form.touched[PARTY_ID_KIND] || kind == NULL || strcmp(kind, now) == 0 ||
	    ident_check(now, clean, strlen(clean)) == NULL)
		return;
	form_set(&p->form, PARTY_ID_KIND, kind);
	(void)form_check_field(&p->form, PARTY_ID_NO);
}

static void left_no(struct parties *p)
{
	char clean[64];
	cleaned(&p->form, clean, sizeof clean);
	if (clean[0] == '\0' || strcmp(clean, p->asked) == 0 ||
	    ident_check(form_value(&p->form, PARTY_ID_KIND), clean, strlen(clean)) != NULL)
		return;
	snprintf(p->asked, sizeof p->asked, "%s", clean);
	p->lookup = true;
}

enum parties_result parties_key(struct parties *p, const struct key *k)
{
	if (p->inlist)
		return list_part(p, k);
	bool keep = p->keep && p->form.focus == PARTY_NAME;
	p->keep = false;
	if (keep && k->code == K_ENTER)
		return parties_add(p) ? PARTIES_ADDED : PARTIES_REFUSED;
	if (k->code == K_UP && p->form.focus <= PARTY_ID_KIND && p->n > 0) {
		parties_turn(p);
		return PARTIES_MOVED;
	}
	int was = p->form.focus;
	switch (form_key(&p->form, k)) {
	case FORM_CHANGED:
		p->said[0] = '\0';
		if (p->form.focus == PARTY_ID_NO)
			guess(p);
		return PARTIES_MOVED;
	case FORM_LEFT:
		if (was == PARTY_ID_NO)
			left_no(p);
		return PARTIES_MOVED;
	case FORM_END:
		return parties_add(p) ? PARTIES_ADDED : PARTIES_REFUSED;
	case FORM_REFUSED:
		snprintf(p->said, sizeof p->said, "%s", p->form.error[p->form.focus]);
		return PARTIES_REFUSED;
	case FORM_UNUSED:
		return PARTIES_UNUSED;
	default:
		return PARTIES_MOVED;
	}
}

bool parties_wants(struct parties *p, const char **kind, const char **no)
{
	if (!p->lookup)
		return false;
	p->lookup = false;
	*kind = form_value(&p->form, PARTY_ID_KIND);
	*no = p->asked;
	return true;
}

void parties_recalled(struct parties *p, const struct reply *r)
{
	static const struct {
		int field;
		const char *column;
	} from[] = {{PARTY_NAME, "name"}, {PARTY_PHONE, "phone"}, {PARTY_ADDRESS, "address"}};
	char clean[64];
	bool all = true;
	/* The keys may be with another one by now. */
	if (strcmp(cleaned(&p->form, clean, sizeof clean), p->asked) != 0 || r->nrows == 0)
		return;
	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		form_give(&p->form, from[i].field, reply_text(r, 0, from[i].column));
		all = form_check_field(&p->form, from[i].field) && all;
	}
	form_go(&p->form, PARTY_NAME);
	p->keep = all && p->form.given[PARTY_NAME];
}

void parties_put(const struct parties *p, struct bytes_out *out)
{
	for (int field = 0; field < PARTY_FIELDS; field++) {
		if (p->n == 0) {
			op_put_null(out);
			continue;
		}
		size_t begun = op_array_begin(out);
		for (int i = 0; i < p->n; i++)
			op_put_text(out, p->list[i].value[field][0] != '\0' ? p->list[i].value[field] : NULL);
		op_array_end(out, begun, (uint32_t)p->n);
	}
}

static void join(char *buf, size_t size, const char *word)
{
	size_t used = strlen(buf);
	snprintf(buf + used, size - used, "%s%s", used > 0 ? " · " : "", word);
}

char *parties_line(const struct parties *p, char *buf, size_t size)
{
	int applicants = parties_count(p, "applicant");
	char more[64];
	buf[0] = '\0';
	if (applicants > 0) {
		snprintf(more, sizeof more,
		    ngettext("%d more applicant", "%d more applicants", (unsigned long)applicants),
		    applicants);
		join(buf, size, more);
	}
	if (parties_count(p, "guardian") > 0)
		join(buf, size, _("guardian"));
	if (parties_count(p, "representative") > 0)
		join(buf, size, _("legal representative"));
	if (parties_typing(p))
		join(buf, size, _("one not added yet"));
	return buf;
}
