/*
 * What waits for the person in numbers, for the status line: yellow and red cases, first
 * contacts, papers to be printed here. Asked for anew when something about them changed.
 */
#include <stdio.h>
#include <string.h>

#include "client/app.h"
#include "client/reply.h"
#include "client/ui/lang.h"
#include "common/bytes.h"

/* What of the list of first contacts waits for this person: to be confirmed; late. */
static void visits(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	struct desk *d = &app->stack.desk;
	(void)request;
	if (!reply_ok(r))
		return;
	d->visits_asked = 0;
	for (size_t i = 0; i < r->nrows; i++)
		d->visits_asked += reply_bool(r, i, "confirm");
	app->dirty = true;
}

static void late_visits(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	(void)request;
	if (!reply_ok(r))
		return;
	app->stack.desk.visits_late = (int)r->nrows;
	app->dirty = true;
}

static void ask_visit_list(struct app *app, bool late, link_reply_cb *then)
{
	struct bytes_out out;
	bytes_out_init(&out, 0);
	for (int field = 0; field < 3; field++) /* all, late, confirm */
		if ((field == 2) != late)
			op_put_bool(&out, true);
		else
			op_put_null(&out);
	op_put_null(&out);
	op_put_null(&out);
	op_put_null(&out);
	op_put_int4(&out, 200);
	(void)link_send(app->link, op_by_name("visit.list"), out.p, out.len, then, app);
	bytes_out_done(&out);
}

void app_ask_visits(struct app *app)
{
	if ((app->stack.desk.class & (OP_STAFF | OP_SUPERVISOR)) == 0)
		return;
	ask_visit_list(app, false, visits);
	if ((app->stack.desk.class & OP_SUPERVISOR) != 0)
		ask_visit_list(app, true, late_visits);
	else
		app->stack.desk.visits_late = 0;
}

/* How many cases of one's posts are yellow or red, for the status line. */
static void lights(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	struct desk *d = &app->stack.desk;
	(void)request;
	app->lights_asked = false;
	if (reply_ok(r) && r->nrows > 0) {
		d->yellow = (int)reply_int(r, 0, "yellow");
		d->red = (int)reply_int(r, 0, "red");
		app->dirty = true;
	}
	if (app->lights_again)
		app_ask_lights(app);
}

/* One at a time: when many lights turn at once, the last answer counts them all. */
void app_ask_lights(struct app *app)
{
	if ((app->stack.desk.class & (OP_STAFF | OP_SUPERVISOR)) == 0)
		return;
	app->lights_again = app->lights_asked;
	if (app->lights_asked)
		return;
	app->lights_asked = true;
	(void)link_send(app->link, op_by_name("case.lights"), NULL, 0, lights, app);
}

static void to_print(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	(void)request;
	app->to_print_asked = false;
	if (reply_ok(r)) {
		app->stack.desk.to_print = 0;
		for (size_t i = 0; i < r->nrows; i++)
			app->stack.desk.to_print += reply_bool(r, i, "elsewhere");
		app->dirty = true;
	}
	if (app->to_print_again)
		app_ask_to_print(app);
}

void app_ask_to_print(struct app *app)
{
	if ((app->stack.desk.class & OP_STAFF) == 0)
		return;
	app->to_print_again = app->to_print_asked;
	if (app->to_print_asked)
		return;
	app->to_print_asked = true;
	(void)link_send(app->link, op_by_name("notice.queue"), NULL, 0, to_print, app);
}
