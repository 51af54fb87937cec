/*
 * Attachments of the window client: files are read, hashed and written in the threads of the
 * loop, chunks go over the line one at a time, and keys go on meanwhile. One file after another;
 * a line that is cut or a hall that is busy is waited for. What is looked at lies in a folder that
 * goes with the session.
 */
#include "client/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/refusal.h"
#include "client/screen/files.h"
#include "client/settings.h"
#include "client/transfer.h"
#include "client/ui/lang.h"

enum { AGAIN_MS = 2000, WORDS_MAX = 16, JOBS_MAX = 8 };

struct job {
	struct job *next;
	struct app *app;
	uint32_t screen;
	int tag;
	struct file_order *order;
	uv_work_t work;
	bool working; /* a thread has it */
	bool stopped; /* wanted no more; freed when the thread is done with it */
	uint32_t request;
	struct file_content file;
	struct file_folder folder;
	struct upload up;
	struct download down;
	int rc;
	int64_t void_id; /* what it put was marked void before */
	struct file_fault fault;
	char path[FILE_PATH];
};

struct viewer {
	struct viewer *next;
	uv_process_t process;
	struct app *app;
};

struct attacher {
	struct job *first; /* the one under way */
	uv_timer_t again;
	struct viewer *viewers;
	char folder[FILE_PATH]; /* of what is looked at; "": none yet */
	int percent;
	bool dropping;
};

static void begin(struct app *app);

static void job_free(struct job *j)
{
	file_free(&j->file);
	file_list_free(&j->folder);
	download_done(&j->down);
	free(j->order);
	free(j);
}

/* Takes it out of the line of jobs; a listing stands in none. */
static void unlist(struct job *j)
{
	struct job **at = &j->app->attacher->first;

	while (*at != NULL && *at != j)
		at = &(*at)->next;
	if (*at != NULL)
		*at = j->next;
}

static void progress(struct app *app, int percent)
{
	struct attacher *a = app->attacher;

	if (percent == a->percent)
		return;
	a->percent = percent;
	if (percent < 0)
		app->stack.progress[0] = '\0';
	else
		snprintf(app->stack.progress, sizeof app->stack.progress, _("attachment %d %%"), percent);
	app->dirty = true;
}

/* The end of a job: its screen hears of it, and the next one begins. */
__attribute__((format(printf, 3, 4))) static void finish(struct job *j, bool ok, const char *fmt, ...)
{
	struct app *app = j->app;
	struct file_result r = {.task = j->order->task,
	    .ok = ok,
	    .stopped = j->stopped,
	    .case_id = j->order->case_id,
	    .order = j->order,
	    .void_id = j->void_id,
	    .folder = &j->folder};
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r.sentence, sizeof r.sentence, fmt, ap);
	va_end(ap);
	if (j->request != 0 && app->link != NULL)
		link_forget(app->link, j->request);
	if (app->attacher->first == j) {
		(void)uv_timer_stop(&app->attacher->again);
		progress(app, -1);
	}
	unlist(j);
	if (!app->stopping && app->logged_in && !app->attacher->dropping)
		stack_file(&app->stack, j->screen, j->tag, &r);
	app->dirty = true;
	if (!j->working)
		job_free(j);
	begin(app);
}

static void fail(struct job *j, const char *code, const char *arg)
{
	char why[400];

	finish(j, false, "%s", refusal_say(code, arg, NULL, NULL, why, sizeof why));
}

/* In a thread. */
static void work(uv_work_t *w)
{
	struct job *j = w->data;

	switch (j->order->task) {
	case FILE_LIST:
		j->rc = file_list(j->path, &j->folder, &j->fault);
		break;
	case FILE_PUT:
		j->rc = file_load(j->order->path, &j->file, &j->fault);
		break;
	default:
		j->rc = file_save(j->path, j->down.name, j->down.media, j->down.bytes, j->down.len,
		    j->order->path, &j->fault);
	}
}

static void send_next(struct job *j);
static void show(struct job *j);

static void worked(uv_work_t *w, int status)
{
	struct job *j = w->data;

	j->working = false;
	if (j->stopped) {
		if (status == 0 && j->rc == 0 &&
		    (j->order->task == FILE_VIEW || j->order->task == FILE_EXPORT))
			(void)remove(j->order->path);
		job_free(j);
		return;
	}
	if (status != 0 || j->rc != 0) {
		fail(j, j->fault.code != NULL ? j->fault.code : "file.read", j->fault.arg);
		return;
	}
	switch (j->order->task) {
	case FILE_LIST:
		finish(j, true, "%s", "");
		break;
	case FILE_PUT:
		upload_init(&j->up, j->file.bytes, j->file.len, j->file.sha256, j->file.name,
		    j->order->case_id, j->order->seq);
		j->up.void_id = j->order->paper_id;
		progress(j->app, 0);
		send_next(j);
		break;
	case FILE_VIEW:
		show(j);
		break;
	default:
		finish(j, true, _("Written: %s"), j->order->path);
	}
}

static void give_to_thread(struct job *j)
{
	j->work.data = j;
	j->working = true;
	if (uv_queue_work(&j->app->loop, &j->work, work, worked) != 0)
		abort();
}

static void replied(void *arg, uint32_t request, const struct reply *r)
{
	struct job *j = arg;
	struct app *app = j->app;
	bool put = j->order->task == FILE_PUT;
	char why[400];

	(void)request;
	j->request = 0;
	stack_heard(&app->stack, r);
	/* A locked screen is opened again soon, with the same person. */
	enum transfer_verdict v = strcmp(reply_code(r), "session.locked") == 0 ? TRANSFER_WAIT
				  : put                                        ? upload_reply(&j->up, r)
									       : download_reply(&j->down, r);
	progress(app, put ? upload_percent(&j->up) : download_percent(&j->down));
	switch (v) {
	case TRANSFER_GO:
		send_next(j);
		break;
	case TRANSFER_WAIT:
		(void)uv_timer_start(&app->attacher->again, app->attacher->again.timer_cb, AGAIN_MS, 0);
		break;
	case TRANSFER_DONE:
		if (put)
			finish(j, true, _("Attached: %s"), j->file.name);
		else
			give_to_thread(j);
		break;
	default:
		if (strcmp(reply_code(r), "paper.was_void") == 0)
			j->void_id = strtoll(reply_arg(r, 1), NULL, 10);
		if (reply_ok(r))
			fail(j, j->down.code != NULL ? j->down.code : "link.malformed", NULL);
		else
			finish(j, false, "%s", refusal_reply(r, why, sizeof why));
	}
}

static void send_next(struct job *j)
{
	bool put = j->order->task == FILE_PUT;
	struct bytes_out out;

	if (j->app->link == NULL)
		return;
	bytes_out_init(&out, 0);
	if (put)
		upload_request(&j->up, &out);
	else
		download_request(&j->down, &out);
	j->request =
	    link_send(j->app->link, op_by_name(put ? "paper.put" : "paper.get"), out.p, out.len, replied, j);
	bytes_out_done(&out);
}

static void again(uv_timer_t *t)
{
	struct app *app = t->data;

	if (app->attacher->first != NULL)
		send_next(app->attacher->first);
}

static void viewer_closed(uv_handle_t *h)
{
	struct viewer *v = h->data;
	struct viewer **at = &v->app->attacher->viewers;

	while (*at != v)
		at = &(*at)->next;
	*at = v->next;
	free(v);
}

static void viewer_ended(uv_process_t *p, int64_t status, int signal)
{
	struct viewer *v = p->data;
	char buf[400];

	if ((status != 0 || signal != 0) && !v->app->stopping) {
		snprintf(buf, sizeof buf,
		    _("The viewer %s ended with %d; write the attachment to a folder instead, or set "
		      "[attach] viewer."),
		    v->app->settings->viewer, signal != 0 ? signal : (int)status);
		stack_say(&v->app->stack, FACE_WARN, buf);
		v->app->dirty = true;
	}
	uv_close((uv_handle_t *)p, viewer_closed);
}

/* The words of the setting and then the path; no shell looks at either. */
static int words(char *command, char *path, char *argv[WORDS_MAX + 2])
{
	int n = 0;

	while (command != NULL && n < WORDS_MAX) {
		char *word = strsep(&command, " ");

		if (*word != '\0')
			argv[n++] = word;
	}
	argv[n] = path;
	argv[n + 1] = NULL;
	return n;
}

static void show(struct job *j)
{
	struct viewer *v = calloc(1, sizeof *v);
	char command[1024], *argv[WORDS_MAX + 2];
	uv_process_options_t o = {.exit_cb = viewer_ended, .args = argv, .flags = UV_PROCESS_DETACHED};
	uv_stdio_container_t none[3] = {{.flags = UV_IGNORE}, {.flags = UV_IGNORE}, {.flags = UV_IGNORE}};
	int rc;

	if (v == NULL)
		abort();
	snprintf(command, sizeof command, "%s", j->app->settings->viewer);
	if (words(command, j->order->path, argv) == 0) {
		free(v);
		finish(j, false, "%s", _("No viewer is set: [attach] viewer in the settings."));
		return;
	}
	o.file = argv[0];
	o.stdio = none;
	o.stdio_count = 3;
	v->app = j->app;
	v->process.data = v;
	v->next = j->app->attacher->viewers;
	j->app->attacher->viewers = v;
	rc = uv_spawn(&j->app->loop, &v->process, &o);
	if (rc != 0) {
		uv_close((uv_handle_t *)&v->process, viewer_closed);
		if (rc == UV_ENOENT)
			finish(j, false,
			    _("This computer has no viewer %s: F9 dc writes the file to a folder, the "
			      "administrator sets [attach] viewer."),
			    argv[0]);
		else
			finish(j, false, _("The viewer %s cannot be started: %s."), argv[0], uv_strerror(rc));
		return;
	}
	/* It may outlive this program, and does not keep it. */
	uv_unref((uv_handle_t *)&v->process);
	finish(j, true, _("Shown by %s: %s"), argv[0], j->down.name);
}

/* Where a got file goes. */
static bool find_place(struct job *j)
{
	struct attacher *a = j->app->attacher;

	if (j->order->task == FILE_EXPORT) {
		snprintf(j->path, sizeof j->path, "%s", j->order->path);
		return true;
	}
	if (*a->folder == '\0' && file_private(j->app->settings->state, a->folder, &j->fault) < 0)
		return false;
	snprintf(j->path, sizeof j->path, "%s", a->folder);
	return true;
}

/* The first of the line, unless it is under way already. */
static void begin(struct app *app)
{
	struct job *j = app->attacher->first;

	if (app->attacher->dropping || j == NULL || j->working || j->request != 0 ||
	    uv_is_active((uv_handle_t *)&app->attacher->again))
		return;
	if (j->order->task == FILE_PUT) {
		give_to_thread(j);
	} else if (find_place(j)) {
		download_init(&j->down, j->order->paper_id);
		progress(app, 0);
		send_next(j);
	} else {
		fail(j, j->fault.code, j->fault.arg);
	}
}

static void stop_job(struct job *j, const char *sentence)
{
	j->stopped = true;
	finish(j, false, "%s", sentence);
}

static struct job *of_case(struct app *app, int64_t case_id)
{
	struct job *j = app->attacher->first;

	while (j != NULL && j->order->case_id != case_id)
		j = j->next;
	return j;
}

/* The end of one may begin, and end, another: looked for anew each time. */
static void stop_case(struct app *app, int64_t case_id)
{
	struct job *j;

	while ((j = of_case(app, case_id)) != NULL)
		stop_job(j, j->order->task == FILE_PUT
				? _("Stopped. What has arrived stays a day: attaching the file again goes "
				    "on from there.")
				: _("Stopped."));
}

static void add(struct job *j)
{
	struct job **end = &j->app->attacher->first;
	int n = 0;

	while (*end != NULL) {
		end = &(*end)->next;
		n++;
	}
	*end = j;
	if (n >= JOBS_MAX)
		finish(j, false, "%s", _("Eight files are on their way already; wait for one of them."));
	else if (n == 0)
		begin(j->app);
}

void app_file(void *ctx, uint32_t screen, int tag, struct file_order *order)
{
	struct app *app = ctx;
	struct job *j;

	if (order->task == FILE_STOP) {
		stop_case(app, order->case_id);
		free(order);
		return;
	}
	j = calloc(1, sizeof *j);
	if (j == NULL)
		abort();
	j->app = app;
	j->screen = screen;
	j->tag = tag;
	j->order = order;
	if (order->task != FILE_LIST) {
		add(j);
		return;
	}
	snprintf(j->path, sizeof j->path, "%s", app->settings->scan_folder);
	give_to_thread(j);
}

void app_attach_start(struct app *app)
{
	struct attacher *a = calloc(1, sizeof *a);
	struct file_fault fault;

	if (a == NULL)
		abort();
	(void)uv_timer_init(&app->loop, &a->again);
	a->again.data = app;
	a->again.timer_cb = again;
	a->percent = -1;
	app->attacher = a;
	/* A run that died may have left what was looked at. */
	if (file_private(app->settings->state, a->folder, &fault) == 0)
		app_attach_drop(app);
}

void app_attach_drop(struct app *app)
{
	struct attacher *a = app->attacher;

	if (a == NULL)
		return;
	a->dropping = true;
	while (a->first != NULL)
		stop_job(a->first, "");
	a->dropping = false;
	file_private_done(a->folder);
	a->folder[0] = '\0';
}

void app_attach_stop(struct app *app)
{
	struct attacher *a = app->attacher;

	if (a == NULL)
		return;
	app_attach_drop(app);
	uv_close((uv_handle_t *)&a->again, NULL);
	for (struct viewer *v = a->viewers; v != NULL; v = v->next)
		if (!uv_is_closing((uv_handle_t *)&v->process))
			uv_close((uv_handle_t *)&v->process, viewer_closed);
}

void app_attach_done(struct app *app)
{
	free(app->attacher);
	app->attacher = NULL;
}
