/*
 * Who is known by a telephone: people may share one, so the one who stands
 * here is chosen from a list that is masked; the choice is on record (SEC-1).
 * Gives back the kind and number of the document, a blank between.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { TAG_PHONE = 1, TAG_SHOW };

struct known {
	char phone[64];
	struct reply *people;
	struct list list;
};

static int known_count(const void *data)
{
	const struct known *n = data;
	return n->people == NULL ? 0 : (int)n->people->nrows;
}

static int64_t known_id(const void *data, int row)
{
	return reply_int(((const struct known *)data)->people, (size_t)row, "applicant_id");
}

static void known_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct known *)data)->people;
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	char line[700];
	snprintf(line, sizeof line, "%s  %s %s", reply_text(r, (size_t)row, "name"),
	    word_id_kind(reply_text(r, (size_t)row, "id_kind")), reply_text(r, (size_t)row, "id_no"));
	draw_cell(a->y, a->x, a->w, face, line);
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops known_list = {known_count, known_id, NULL, known_row};

static void known_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct known *n = s->state;
	struct bytes_out out = fx_payload();
	snprintf(n->phone, sizeof n->phone, "%.60s", arg->text);
	list_init(&n->list, &known_list, n);
	op_put_text(&out, n->phone);
	fx_send(fx, "applicant.phone", TAG_PHONE, SEND_WAIT, &out);
}

static void known_close(struct screen *s)
{
	struct known *n = s->state;
	reply_free(n->people);
}

static void known_draw(struct screen *s, const struct area *a)
{
	struct known *n = s->state;
	char title[128];
	if (n->people == NULL)
		return;
	int rows = known_count(n) < a->h - 8 ? known_count(n) : a->h - 8;
	snprintf(title, sizeof title, _("Known by the telephone %.40s"), n->phone);
	struct area in = dialog_box(a, rows + 2, 64, title);
	struct area list = {in.y, in.x, in.h - 2, in.w};
	list_draw(&n->list, &list, true);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM, _("Enter: this one    Esc: somebody else"));
}

static bool known_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct known *n = s->state;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r != REQ_OPEN)
		return list_key(&n->list, k);
	if (n->list.at < 0)
		return true;
	struct bytes_out out = fx_payload();
	op_put_int8(&out, n->list.id);
	op_put_text(&out, n->phone);
	fx_send(fx, "applicant.show", TAG_SHOW, SEND_WAIT, &out);
	return true;
}

static void chosen(const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.kind = "known"};
	if (r->nrows == 0) {
		fx_pop(fx, NULL);
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s %s", reply_text(r, 0, "id_kind"), reply_text(r, 0, "id_no"));
	fx_pop(fx, &arg);
}

static void known_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct known *n = s->state;
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		fx_pop(fx, NULL);
		fx_refuse_reply(fx, m->reply);
	} else if (m->tag == TAG_SHOW) {
		chosen(m->reply, fx);
	} else if (m->reply->nrows == 0) {
		fx_pop(fx, NULL);
		fx_say(fx, FACE_PLAIN, _("Nobody is known by the telephone %s."), n->phone);
	} else {
		reply_free(n->people);
		n->people = reply_keep(m->reply);
		list_reset(&n->list);
	}
}

const struct screen_ops screen_known = {
    .name = "known",
    .title = N_("Known by the telephone"),
    .on = ON_LIST_DIALOG,
    .size = sizeof(struct known),
    .dialog = true,
    .open = known_open,
    .close = known_close,
    .draw = known_draw,
    .request = known_request,
    .message = known_message,
};
