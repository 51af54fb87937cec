/*
 * The intake form as a draft: its fields by name, its ticks by number, and what
 * is known of the applicant, so that it stands there again as it was left.
 */
#include <stdio.h>
#include <string.h>

#include "client/screen/intake.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"

void intake_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct intake *in = s->state;
	const char *name = form_value(&in->form, INTAKE_NAME);
	about->id = about->item_id = in->item_id;
	about->case_id = in->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", *name != '\0' ? name : in->known_name);
	bytes_put_u64(out, (uint64_t)in->case_id);
	bytes_put_u32(out, (uint32_t)in->version);
	keep_text(out, in->number);
	keep_form(out, &in->form);
	ticks_save(&in->ticks, out);
	bytes_put_u8(out, in->in_ticks);
	bytes_put_u8(out, in->correcting);
	keep_text(out, in->remark);
	/* The applicant on file. */
	bytes_put_u8(out, in->known);
	bytes_put_u8(out, in->keep);
	bytes_put_u8(out, in->renamed);
	bytes_put_u64(out, (uint64_t)in->open_cases);
	keep_text(out, in->asking ? "" : in->asked); /* without its answer it is asked again */
	keep_text(out, in->known_name);
	/* Beside the ordinary. */
	bytes_put_u8(out, in->hand);
	bytes_put_u64(out, (uint64_t)in->with_case);
	bytes_put_u32(out, (uint32_t)in->visit);
	keep_text(out, in->asked_phone);
	parties_save(&in->parties, out);
	keep_text(out, in->declined);
	bytes_put_u64(out, (uint64_t)in->joint.project_id);
	keep_text(out, in->joint.project);
	bytes_put_u8(out, in->joint.chosen);
	for (int i = 0; i < INTAKE_REVIEWS; i++)
		bytes_put_u8(out, in->joint.wanted[i]);
}

static void restore_joint(struct intake_joint *j, struct bytes_in *from)
{
	j->restored = true;
	if (from->left == 0) /* of an older program */
		return;
	j->project_id = (int64_t)bytes_get_u64(from);
	kept_text(from, j->project, sizeof j->project, false);
	j->chosen = kept_bool(from);
	for (int i = 0; i < INTAKE_REVIEWS; i++)
		j->wanted[i] = kept_bool(from);
}

static void restore_more(struct intake *in, struct bytes_in *from)
{
	in->hand = kept_bool(from);
	in->with_case = (int64_t)bytes_get_u64(from);
	in->visit = (int)bytes_get_u32(from);
	kept_text(from, in->asked_phone, sizeof in->asked_phone, false);
	parties_restore(&in->parties, from);
	if (from->left > 0) /* else of an older program */
		kept_text(from, in->declined, sizeof in->declined, true);
	restore_joint(&in->joint, from);
}

static void restore_applicant(struct intake *in, struct bytes_in *from)
{
	in->known = kept_bool(from);
	in->keep = kept_bool(from);
	in->renamed = kept_bool(from);
	in->open_cases = (int64_t)bytes_get_u64(from);
	kept_text(from, in->asked, sizeof in->asked, false);
	kept_text(from, in->known_name, sizeof in->known_name, false);
}

void intake_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *from, struct effects *fx)
{
	struct intake *in = s->state;
	in->case_id = (int64_t)bytes_get_u64(from);
	in->version = (int32_t)bytes_get_u32(from);
	kept_text(from, in->number, sizeof in->number, false);
	kept_form(from, &in->form);
	ticks_restore(&in->ticks, from);
	in->in_ticks = kept_bool(from);
	in->correcting = kept_bool(from);
	kept_text(from, in->remark, sizeof in->remark, true);
	restore_applicant(in, from);
	restore_more(in, from);
	if (from->bad)
		return;
	/* Received just before the program ended: the hall knows, the draft may not. */
	if (about->case_id != 0) {
		in->case_id = about->case_id;
		in->version = about->version;
		snprintf(in->number, sizeof in->number, "%s", about->number);
		in->form.frozen = true;
	}
	if (in->known && in->open_cases > 0 && in->case_id == 0)
		intake_ask_others(in, fx);
	if (in->case_id != 0)
		fx_say(fx, FACE_WARN,
		    _("Case %s is received already: F10 accepts it, F5 tells what is missing."), in->number);
}
