/* The line editor: graphemes, windows of columns, refusals; whole keys from bytes in pieces. */
#include <check.h>
#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "client/ui/editor.h"
#include "client/ui/key.h"

static const char *why;

static enum editor_result press(struct editor *e, enum key_code code)
{
	struct key k = {.code = code};
	return editor_key(e, &k, &why);
}

static enum editor_result type(struct editor *e, const char *s)
{
	struct key k = {.code = K_PASTE, .paste = s, .len = strlen(s)};
	return editor_key(e, &k, &why);
}

START_TEST(deletes_by_grapheme)
{
	struct editor e;
	editor_init(&e, 0, false);
	/* e with an accent of its own, a rare character of four bytes, a family is not allowed (ZWJ). */
	ck_assert_int_eq(type(&e, "ae\xcc\x81𠮷中"), EDITOR_CHANGED);
	ck_assert_int_eq(press(&e, K_BACKSPACE), EDITOR_CHANGED);
	ck_assert_str_eq(e.text, "ae\xcc\x81𠮷");
	ck_assert_int_eq(press(&e, K_BACKSPACE), EDITOR_CHANGED);
	ck_assert_str_eq(e.text, "ae\xcc\x81");
	ck_assert_int_eq(press(&e, K_BACKSPACE), EDITOR_CHANGED);
	ck_assert_str_eq(e.text, "a");
	ck_assert_int_eq(press(&e, K_LEFT), EDITOR_MOVED);
	ck_assert_int_eq(press(&e, K_DELETE), EDITOR_CHANGED);
	ck_assert_str_eq(e.text, "");
	ck_assert_int_eq(press(&e, K_BACKSPACE), EDITOR_MOVED);
}
END_TEST

START_TEST(inserts_at_the_caret)
{
	struct editor e;
	editor_init(&e, 0, false);
	type(&e, "食品许可");
	press(&e, K_LEFT);
	press(&e, K_LEFT);
	type(&e, "经营");
	ck_assert_str_eq(e.text, "食品经营许可");
	ck_assert_uint_eq(e.caret, strlen("食品经营"));
	struct key k = {.code = K_CTRL, .text = "u", .len = 1};
	ck_assert_int_eq(editor_key(&e, &k, &why), EDITOR_CHANGED);
	ck_assert_str_eq(e.text, "许可");
	k.text[0] = 'e';
	editor_key(&e, &k, &why);
	ck_assert_uint_eq(e.caret, e.len);
}
END_TEST

START_TEST(refuses_what_may_not_stand_in_a_field)
{
	static const struct {
		const char *typed, *code;
	} rows[] = {{"a\033[31mb", "text.control"}, {"x\ty", "text.control"}, {"a\nb", "text.newline"},
	    {"\x7f", "text.control"}, {"\xc2\x9b", "text.control"},
	    {"a\xe2\x80\xae"
	     "b",
		"text.hidden"},
	    {"\xe2\x80\x8b", "text.hidden"}, {"\xff", "text.invalid"}, {"\xe4\xb8", "text.invalid"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct editor e;
		editor_init(&e, 0, false);
		type(&e, "好");
		ck_assert_int_eq(type(&e, rows[i].typed), EDITOR_REFUSED);
		ck_assert_str_eq(why, rows[i].code);
		ck_assert_str_eq(e.text, "好");
	}
}
END_TEST

START_TEST(holds_no_more_than_its_field)
{
	struct editor e;
	editor_init(&e, 4, false);
	ck_assert_int_eq(type(&e, "一二三四"), EDITOR_CHANGED);
	ck_assert_int_eq(type(&e, "五"), EDITOR_REFUSED);
	ck_assert_str_eq(why, "text.long");
	/* So long that the paste was cut, even inside a character: still only too long. */
	static char big[KEY_PASTE_MAX + 2];
	memset(big, 0xe4, sizeof big - 1);
	ck_assert_int_eq(type(&e, big), EDITOR_REFUSED);
	ck_assert_str_eq(why, "text.long");
	editor_set(&e, "一二三四五六");
	ck_assert_str_eq(e.text, "一二三四");
}
END_TEST

/* What was filled in for the clerk is replaced by typing, kept by looking at it. */
START_TEST(typing_replaces_what_is_selected)
{
	struct editor e;
	editor_init(&e, 4, false);
	editor_set(&e, "赵钱");
	e.selected = true;
	ck_assert_int_eq(type(&e, "一二三四五"), EDITOR_REFUSED);
	ck_assert_str_eq(e.text, "赵钱");
	ck_assert_int_eq(type(&e, "李"), EDITOR_CHANGED);
	ck_assert_int_eq(type(&e, "四"), EDITOR_CHANGED);
	ck_assert_str_eq(e.text, "李四");
	e.selected = true;
	press(&e, K_END);
	type(&e, "光");
	ck_assert_str_eq(e.text, "李四光");
	e.selected = true;
	press(&e, K_BACKSPACE);
	ck_assert_str_eq(e.text, "");
}
END_TEST

START_TEST(window_follows_the_caret)
{
	struct editor e;
	struct editor_view v;
	editor_init(&e, 0, false);
	for (int i = 0; i < 100; i++)
		type(&e, "窗");
	editor_view(&e, 11, &v);
	ck_assert(v.before);
	ck_assert(!v.after);
	ck_assert_int_eq(v.caret, 10); /* five hanzi and the caret behind them */
	press(&e, K_HOME);
	editor_view(&e, 11, &v);
	ck_assert(!v.before);
	ck_assert(v.after);
	ck_assert_int_eq(v.caret, 0);
	ck_assert_uint_eq(v.len, 15);
	/* Never half a character, at any width. */
	for (int w = 2; w < 40; w++) {
		press(&e, K_END);
		editor_view(&e, w, &v);
		ck_assert_uint_eq(v.len % 3, 0);
		ck_assert_int_lt(v.caret, w);
	}
}
END_TEST

START_TEST(secrets_show_nothing)
{
	struct editor e;
	struct editor_view v;
	editor_init(&e, 0, true);
	type(&e, "秘密abc");
	editor_view(&e, 20, &v);
	ck_assert_ptr_null(v.s);
	ck_assert_int_eq(v.dots, 5);
	editor_clear(&e);
	for (size_t i = 0; i < sizeof e.text; i++)
		ck_assert_int_eq(e.text[i], 0);
}
END_TEST

/* Feeds bytes one by one; the last whole key. */
static int feed(struct key_reader *r, const char *bytes, struct key *last)
{
	int keys = 0;
	struct key k;
	for (const char *p = bytes; *p != '\0'; p++)
		if (key_feed(r, (unsigned char)*p, &k)) {
			*last = k;
			keys++;
		}
	return keys;
}

START_TEST(characters_arrive_in_pieces)
{
	struct key_reader r;
	struct key k;
	key_reader_init(&r);
	ck_assert_int_eq(feed(&r, "\xe9", &k), 0);
	ck_assert_int_eq(feed(&r, "\x97", &k), 0);
	ck_assert_int_eq(feed(&r, "\xa8", &k), 1);
	ck_assert_int_eq(k.code, K_TEXT);
	ck_assert_str_eq(k.text, "门");
	ck_assert_int_eq(feed(&r, "𠮷", &k), 1);
	ck_assert_uint_eq(k.len, 4);
	/* A broken one is said, and what follows is read again. */
	ck_assert_int_eq(feed(&r, "\xe9x", &k), 1);
	ck_assert_int_eq(k.code, K_BAD);
	ck_assert_int_eq(feed(&r, "y", &k), 1);
	ck_assert_str_eq(k.text, "y");
}
END_TEST

START_TEST(pastes_are_one_key)
{
	struct key_reader r;
	struct key k;
	key_reader_init(&r);
	ck_assert(!key_feed(&r, KEY_PASTE_BEGIN, &k));
	ck_assert_int_eq(feed(&r, "示例区\r\n", &k), 0);
	ck_assert(key_feed(&r, KEY_PASTE_END, &k));
	ck_assert_int_eq(k.code, K_PASTE);
	ck_assert_uint_eq(k.len, strlen("示例区")); /* the line end it was copied with goes */
	/* An arrow key inside a paste is an escape sequence: the text is spoilt, not obeyed. */
	struct editor e;
	editor_init(&e, 0, false);
	ck_assert(!key_feed(&r, KEY_PASTE_BEGIN, &k));
	ck_assert_int_eq(feed(&r, "a", &k), 0);
	ck_assert(!key_feed(&r, KEY_UP, &k));
	ck_assert(key_feed(&r, KEY_PASTE_END, &k));
	ck_assert_int_eq(editor_key(&e, &k, &why), EDITOR_REFUSED);
	ck_assert_str_eq(why, "text.control");
	/* An end that never comes does not lock the keyboard. */
	ck_assert(!key_feed(&r, KEY_PASTE_BEGIN, &k));
	ck_assert_int_eq(feed(&r, "zz", &k), 0);
	ck_assert(key_paste_stuck(&r, &k));
	ck_assert_int_eq(editor_key(&e, &k, &why), EDITOR_REFUSED);
	ck_assert_int_eq(feed(&r, "q", &k), 1);
	ck_assert_str_eq(k.text, "q");
	/* The end was lost: a function key ends it, nothing swallows keys for ever. */
	ck_assert_int_eq(feed(&r, "", &k), 0);
	ck_assert(!key_feed(&r, KEY_PASTE_BEGIN, &k));
	ck_assert_int_eq(feed(&r, "abc", &k), 0);
	ck_assert(key_feed(&r, KEY_F(3), &k));
	ck_assert_int_eq(k.code, K_PASTE);
	ck_assert(!r.pasting);
	/* More than a paste may be is refused whole. */
	ck_assert(!key_feed(&r, KEY_PASTE_BEGIN, &k));
	for (int i = 0; i < 3 * KEY_PASTE_MAX; i++)
		ck_assert(!key_feed(&r, 'x', &k));
	ck_assert(key_feed(&r, KEY_PASTE_END, &k));
	ck_assert_int_eq(editor_key(&e, &k, &why), EDITOR_REFUSED);
	key_reader_done(&r);
}
END_TEST

START_TEST(function_keys_have_two_ways)
{
	struct key_reader r;
	struct key k;
	char name[16];
	key_reader_init(&r);
	ck_assert(key_feed(&r, KEY_F(10), &k));
	ck_assert_int_eq(k.code, K_F10);
	ck_assert(key_feed(&r, KEY_ALT_0, &k));
	ck_assert_int_eq(k.code, K_F10);
	ck_assert(key_feed(&r, KEY_ALT_0 + 2, &k));
	ck_assert_int_eq(k.code, K_F2);
	ck_assert(key_feed(&r, 16, &k));
	ck_assert_int_eq(k.code, K_CTRL);
	ck_assert_str_eq(key_label(k.code, k.text[0], name, sizeof name), "Ctrl-P");
	ck_assert(key_feed(&r, 0x1ff, &k));
	ck_assert_int_eq(k.code, K_OTHER);
}
END_TEST

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	Suite *s = suite_create("editor");
	TCase *t = tcase_create("editor");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, deletes_by_grapheme);
	tcase_add_test(t, inserts_at_the_caret);
	tcase_add_test(t, refuses_what_may_not_stand_in_a_field);
	tcase_add_test(t, holds_no_more_than_its_field);
	tcase_add_test(t, typing_replaces_what_is_selected);
	tcase_add_test(t, window_follows_the_caret);
	tcase_add_test(t, secrets_show_nothing);
	tcase_add_test(t, characters_arrive_in_pieces);
	tcase_add_test(t, pastes_are_one_key);
	tcase_add_test(t, function_keys_have_two_ways);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
