/*
 * Which file to attach, and to which material: the scan folder, the newest first, or a path typed;
 * part of a name filters. Gives back kind attach, the path as text, the material as number.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/files.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"

enum { WIDEST = 100, EPOCH_2000 = 946684800, NAME_BYTES = 600 };

struct attach {
	struct file_folder folder; /* a copy of its own */
	bool listed;
	char why[512]; /* the folder cannot be read */
	int fit[FILE_LISTED], fits;
	struct list list;
	struct editor line, seq;
	bool on_seq;
	char materials[ARG_TEXT]; /* number, blank, name in a line each */
};

static int attach_count(const void *data)
{
	return ((const struct attach *)data)->fits;
}

static int64_t attach_id(const void *data, int row)
{
	return ((const struct attach *)data)->fit[row] + 1;
}

static void attach_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct attach *t = data;
	const struct file_entry *e = &t->folder.list[t->fit[row]];
	char when[32], size[32];
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	if (selected)
		draw_fill(a->y, a->x, a->w, face);
	draw_text(a->y, a->x, a->w - 29, face, e->name);
	snprintf(size, sizeof size, "%lld KiB", (long long)(e->size + 1023) / 1024);
	draw_right(a->y, a->x + a->w - 28, 10, face, size);
	draw_right(
	    a->y, a->x + a->w - 17, 17, face, word_moment((e->at - EPOCH_2000) * 1000000, when, sizeof when));
}

static const struct list_ops attach_list = {attach_count, attach_id, NULL, attach_row};

static bool is_path(const struct attach *t)
{
	return t->line.text[0] == '/' || t->line.text[0] == '~';
}

static void filter(struct attach *t)
{
	t->fits = 0;
	for (size_t i = 0; i < t->folder.n; i++)
		if (is_path(t) || t->line.len == 0 ||
		    strcasestr(t->folder.list[i].name, t->line.text) != NULL)
			t->fit[t->fits++] = (int)i;
	list_reset(&t->list);
}

static void attach_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct attach *t = s->state;
	struct file_order o = {.task = FILE_LIST};
	snprintf(t->materials, sizeof t->materials, "%s", arg->text);
	list_init(&t->list, &attach_list, t);
	editor_init(&t->line, 0, false);
	editor_init(&t->seq, 3, false);
	if (s->desk->scan_folder[0] == '\0') {
		t->listed = true;
		return;
	}
	fx_file(fx, 0, &o);
	fx_hold(fx); /* Enter typed ahead is for the newest file */
}

static void attach_close(struct screen *s)
{
	file_list_free(&((struct attach *)s->state)->folder);
}

/* The material with this number; NULL when there is none. len: bytes of its name. */
static const char *material(const struct attach *t, long seq, int *len)
{
	const char *p = t->materials;
	while (*p != '\0') {
		const char *end = strchr(p, '\n');
		char *name;
		if (end == NULL)
			return NULL;
		if (strtol(p, &name, 10) == seq && *name == ' ') {
			*len = (int)(end - name - 1);
			return name + 1;
		}
		p = end + 1;
	}
	return NULL;
}

static void seq_line(struct attach *t, const struct area *in, int y)
{
	int len = 0;
	const char *name = t->seq.len > 0 ? material(t, atol(t->seq.text), &len) : NULL;
	const char *label = _("Material number (Tab; empty: of the whole case):");
	int w = draw_text(y, in->x, in->w - 30, FACE_DIM, label);
	draw_editor(y, in->x + w + 1, 5, &t->seq, t->on_seq, t->on_seq ? FACE_FOCUS : FACE_FIELD);
	if (name != NULL)
		draw_format(y, in->x + w + 7, in->w - w - 7, FACE_PLAIN, "%.*s", len, name);
	else if (t->seq.len > 0)
		draw_text(y, in->x + w + 7, in->w - w - 7, FACE_WARN, _("no such material"));
}

static const char *nothing(const struct attach *t, const struct desk *d)
{
	return d->scan_folder[0] == '\0' ? _("No scan folder is set: type the path of the file.")
	       : !t->listed              ? _("Reading the scan folder …")
	       : t->why[0] != '\0'       ? t->why
	       : t->folder.n == 0 ? _("No PDF or JPEG file in the scan folder yet; type a path, or scan and "
				      "open this again.")
				  : _("No file fits what was typed.");
}

static void attach_draw(struct screen *s, const struct area *a)
{
	struct attach *t = s->state;
	int w = a->w - 8 > WIDEST ? WIDEST : a->w - 8;
	struct area in = dialog_box(a, a->h - 4, w, _("Attach a file"));
	struct area rows = {in.y + 3, in.x, in.h - 4, in.w};
	if (t->fits == 0)
		draw_wrap(&rows, 0, FACE_DIM, nothing(t, s->desk));
	list_draw(&t->list, &rows, !is_path(t));
	if (t->folder.left > 0)
		draw_format(in.y + in.h - 1, in.x, in.w, FACE_DIM,
		    _("and %zu older files, not listed: type the path"), t->folder.left);
	/* After the list: the caret is in a line, where an input method opens its window. */
	draw_editor(in.y, in.x, in.w - 1, &t->line, !t->on_seq, t->on_seq ? FACE_FIELD : FACE_FOCUS);
	if (t->line.len == 0)
		draw_text(in.y, in.x, in.w - 1, FACE_DIM, _("part of the name, or a whole path"));
	seq_line(t, &in, in.y + 1);
}

static void chosen(struct attach *t, struct effects *fx)
{
	struct screen_arg arg = {.kind = "attach", .number = atol(t->seq.text)};
	const char *home = getenv("HOME");
	int len;
	if (t->seq.len > 0 && material(t, arg.number, &len) == NULL) {
		t->on_seq = true;
		fx_refuse(fx, _("The guide has no material %s."), t->seq.text);
		return;
	}
	if (is_path(t) && t->line.text[0] == '~' && t->line.text[1] == '/' && home != NULL)
		snprintf(arg.text, sizeof arg.text, "%s%s", home, t->line.text + 1);
	else if (is_path(t))
		snprintf(arg.text, sizeof arg.text, "%s", t->line.text);
	else if (t->list.at >= 0)
		snprintf(arg.text, sizeof arg.text, "%s", t->folder.list[t->fit[t->list.at]].path);
	if (arg.text[0] == '\0')
		fx_refuse(fx, "%s", _("Choose a file, or type the path of one."));
	else
		fx_pop(fx, &arg);
}

static bool attach_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct attach *t = s->state;
	struct editor *e = t->on_seq ? &t->seq : &t->line;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_OPEN) {
		chosen(t, fx);
		return true;
	}
	if (k->code == K_TAB || k->code == K_BACKTAB) {
		t->on_seq = !t->on_seq;
		return true;
	}
	if (k->code != K_HOME && k->code != K_END && list_key(&t->list, k))
		return true;
	switch (editor_key(e, k, &why)) {
	case EDITOR_CHANGED:
		if (!t->on_seq)
			filter(t);
		return true;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, e, why);
		return true;
	case EDITOR_MOVED:
		return true;
	default:
		return false;
	}
}

static void attach_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct attach *t = s->state;
	if (m->kind != MESSAGE_FILE)
		return;
	fx_release(fx);
	t->listed = true;
	snprintf(t->why, sizeof t->why, "%s", m->file->sentence);
	if (m->file->ok && m->file->folder->n > 0) {
		t->folder = *m->file->folder;
		t->folder.list = malloc(t->folder.n * sizeof *t->folder.list);
		if (t->folder.list == NULL)
			abort();
		memcpy(t->folder.list, m->file->folder->list, t->folder.n * sizeof *t->folder.list);
	}
	filter(t);
}

const struct screen_ops screen_attach = {
    .name = "attach",
    .title = N_("Attach a file"),
    .on = ON_LIST_DIALOG,
    .size = sizeof(struct attach),
    .dialog = true,
    .open = attach_open,
    .close = attach_close,
    .draw = attach_draw,
    .request = attach_request,
    .message = attach_message,
};
