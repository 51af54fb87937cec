/* The list: live changes leave the cursor on its thing, at its height (ui.md, Live). */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/ui/key.h"
#include "client/ui/list.h"

struct data {
	int n;
	int64_t id[64];
	int drawn[64], ndrawn, selected;
};

static int count(const void *d)
{
	return ((const struct data *)d)->n;
}

static int64_t id(const void *d, int row)
{
	return ((const struct data *)d)->id[row];
}

static void draw(const void *p, int row, const struct area *a, bool selected)
{
	struct data *d = (struct data *)p;
	(void)a;
	d->drawn[d->ndrawn++] = row;
	if (selected)
		d->selected = row;
}

static const struct list_ops ops = {count, id, NULL, draw};

static void fill(struct data *d, int n)
{
	memset(d, 0, sizeof *d);
	d->n = n;
	for (int i = 0; i < n; i++)
		d->id[i] = 100 + i;
}

static void press(struct list *l, enum key_code code, int times)
{
	struct key k = {.code = code};
	while (times-- > 0)
		ck_assert(list_key(l, &k));
}

static void show(struct list *l, struct data *d, int rows)
{
	struct area a = {0, 0, rows, 80};
	d->ndrawn = 0;
	d->selected = -1;
	list_draw(l, &a, true);
}

START_TEST(cursor_stays_in_sight)
{
	struct data d;
	struct list l;
	fill(&d, 50);
	list_init(&l, &ops, &d);
	show(&l, &d, 10);
	ck_assert_int_eq(d.selected, 0);
	press(&l, K_DOWN, 25);
	show(&l, &d, 10);
	ck_assert_int_eq(d.selected, 25);
	ck_assert_int_eq(d.drawn[9], 25);
	press(&l, K_PGUP, 1);
	ck_assert_int_eq(l.at, 16);
	press(&l, K_END, 1);
	press(&l, K_DOWN, 3);
	show(&l, &d, 10);
	ck_assert_int_eq(d.selected, 49);
	ck_assert_int_eq(d.drawn[0], 40);
	press(&l, K_HOME, 1);
	press(&l, K_UP, 1);
	show(&l, &d, 10);
	ck_assert_int_eq(d.drawn[0], 0);
}
END_TEST

START_TEST(rows_coming_and_going_leave_the_cursor)
{
	struct data d;
	struct list l;
	fill(&d, 30);
	list_init(&l, &ops, &d);
	press(&l, K_DOWN, 15);
	show(&l, &d, 10);
	press(&l, K_UP, 4); /* in the middle, where nothing forces its height */
	show(&l, &d, 10);
	int height = 11 - d.drawn[0];
	ck_assert_int_eq(height, 5);
	/* Three new ones in front. */
	memmove(d.id + 3, d.id, 30 * sizeof *d.id);
	d.n = 33;
	d.id[0] = 1, d.id[1] = 2, d.id[2] = 3;
	list_sync(&l);
	ck_assert_int_eq(l.id, 111);
	ck_assert_int_eq(l.at, 14);
	show(&l, &d, 10);
	ck_assert_int_eq(d.selected, 14);
	ck_assert_int_eq(14 - d.drawn[0], height);
	/* The one under the cursor goes: what follows takes its place. */
	memmove(d.id + 14, d.id + 15, 18 * sizeof *d.id);
	d.n = 32;
	list_sync(&l);
	ck_assert_int_eq(l.at, 14);
	ck_assert_int_eq(l.id, 112);
	d.n = 0;
	list_sync(&l);
	ck_assert_int_eq(l.at, -1);
	show(&l, &d, 10);
	ck_assert_int_eq(d.ndrawn, 0);
	d.n = 2;
	list_sync(&l);
	ck_assert_int_eq(l.at, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("list");
	TCase *t = tcase_create("list");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, cursor_stays_in_sight);
	tcase_add_test(t, rows_coming_and_going_leave_the_cursor);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
