/* The further parties as a part of a draft: those that are there, and the one half typed. */
#include "client/screen/parties.h"

#include "client/ui/keep.h"

void parties_save(const struct parties *p, struct bytes_out *out)
{
	bytes_put_u8(out, (uint8_t)p->n);
	for (int i = 0; i < p->n; i++)
		for (int field = 0; field < PARTY_FIELDS; field++)
			keep_text(out, p->list[i].value[field]);
	keep_form(out, &p->form);
	bytes_put_u8(out, (uint8_t)(p->edited + 1));
	bytes_put_u8(out, (uint8_t)p->at);
	bytes_put_u8(out, p->open);
	bytes_put_u8(out, p->inlist);
	bytes_put_u8(out, p->org);
	bytes_put_u32(out, (uint32_t)p->today);
	keep_text(out, p->first);
	keep_text(out, p->first_id);
	keep_text(out, p->asked);
}

void parties_restore(struct parties *p, struct bytes_in *from)
{
	int n = bytes_get_u8(from);
	if (n > PARTIES_MAX)
		from->bad = true;
	for (int i = 0; i < n && !from->bad; i++)
		for (int field = 0; field < PARTY_FIELDS; field++)
			kept_text(from, p->list[i].value[field], sizeof p->list[i].value[field], false);
	kept_form(from, &p->form);
	int edited = bytes_get_u8(from), at = bytes_get_u8(from);
	bool open = kept_bool(from), inlist = kept_bool(from);
	p->org = kept_bool(from);
	p->today = (int)bytes_get_u32(from);
	kept_text(from, p->first, sizeof p->first, false);
	kept_text(from, p->first_id, sizeof p->first_id, false);
	kept_text(from, p->asked, sizeof p->asked, false);
	if (from->bad)
		return;
	p->n = n;
	p->edited = edited <= n ? edited - 1 : -1;
	p->at = at < n ? at : 0;
	p->open = open;
	p->inlist = inlist && n > 0;
}
