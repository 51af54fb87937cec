/* Clocks in few columns: see light.h. */
#include "client/screen/light.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum face light_face(const char *light)
{
	return strcmp(light, "red") == 0 ? FACE_ERROR : strcmp(light, "yellow") == 0 ? FACE_WARN : FACE_PLAIN;
}

char *light_left(const char *light, int64_t days, char *buf, size_t size)
{
	if (strcmp(light, "red") == 0 && days >= 0)
		snprintf(buf, size, "%s", _("red over"));
	else if (strcmp(light, "red") == 0)
		snprintf(buf, size, _("red -%lldd"), -(long long)days);
	else if (strcmp(light, "yellow") == 0)
		snprintf(buf, size, _("yellow %lldd"), (long long)days);
	else if (days < 0)
		snprintf(buf, size, _("-%lldd"), -(long long)days);
	else
		snprintf(buf, size, _("%lldd"), (long long)days);
	return buf;
}

/* After the decision only the delivery runs. */
int64_t light_ends(const struct reply *r, size_t row)
{
	const char *state = reply_text(r, row, "state");
	if (!reply_null(r, row, "term_at"))
		return reply_int(r, row, "term_at");
	if (strcmp(state, "decided") == 0 || strcmp(state, "closed") == 0)
		return reply_int(r, row, "deliver_at");
	return reply_int(r, row, "due_at");
}

char *light_step(const struct reply *r, size_t row, char *buf, size_t size)
{
	buf[0] = '\0';
	if (reply_null(r, row, "step_left") || reply_int(r, row, "step_due_at") == light_ends(r, row))
		return buf;
	return light_left(reply_text(r, row, "step_light"), reply_int(r, row, "step_left"), buf, size);
}

char *light_case(const struct reply *r, size_t row, char *buf, size_t size)
{
	const char *state = reply_text(r, row, "state"), *standing = reply_text(r, row, "standing");
	buf[0] = '\0';
	if (strcmp(state, "suspended") == 0)
		snprintf(buf, size, _("stopped (%s)"), word_standing(standing));
	else if (strcmp(state, "forwarded") == 0)
		snprintf(buf, size, "%s", word_state(state));
	else if (strcmp(standing, "deemed") == 0) /* DEEM-4 */
		snprintf(buf, size, "%s", word_standing(standing));
	else if (!reply_null(r, row, "days_left"))
		light_left(reply_text(r, row, "light"), reply_int(r, row, "days_left"), buf, size);
	return buf;
}

char *light_until(int64_t us, char *buf, size_t size)
{
	long long minutes = us <= 0 ? 0 : (long long)((us + 59999999) / 60000000), days = minutes / 1440;
	char clock[16];
	snprintf(clock, sizeof clock, "%02lld:%02lld", minutes / 60 % 24, minutes % 60);
	if (days == 0)
		snprintf(buf, size, "%s", clock);
	else
		snprintf(
		    buf, size, ngettext("%lld day %s", "%lld days %s", (unsigned long)days), days, clock);
	return buf;
}
