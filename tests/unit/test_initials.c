/* Pinyin initials of what stands in lists. */
#include <check.h>
#include <stdlib.h>

#include "client/ui/initials.h"

START_TEST(initials_of_departments)
{
	char buf[64], tiny[3];
	ck_assert_str_eq(initials_of("区公安分局", buf, sizeof buf), "qgafj");
	ck_assert_str_eq(initials_of("市场监督管理局", buf, sizeof buf), "scjdglj");
	ck_assert_str_eq(initials_of("A座 12号", buf, sizeof buf), "az12h");
	ck_assert_str_eq(initials_of("（）", buf, sizeof buf), "");
	ck_assert_str_eq(initials_of("公安局", tiny, sizeof tiny), "ga");
	ck_assert_str_eq(initials_of("公\xff安", buf, sizeof buf), "g");
	ck_assert(initials_fit("区公安分局", "gaf"));
	ck_assert(initials_fit("区公安分局", "公安"));
	ck_assert(initials_fit("区公安分局", ""));
	ck_assert(initials_fit("区公安分局", "GA"));
	ck_assert(!initials_fit("区公安分局", "sc"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("initials");
	TCase *t = tcase_create("initials");
	tcase_add_test(t, initials_of_departments);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
