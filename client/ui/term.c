/*
 * Taking and giving back the terminal. A crash handler may not call curses:
 * what it must write is prepared when the terminal is taken.
 */
#include "client/ui/term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "client/ui/draw.h"
#include "client/ui/key.h"

static bool taken;
static SCREEN *screen;
static struct termios before;
static char restore[256];
static size_t restore_len;
static char crash_stack[16384];

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* Async-signal-safe: write, tcsetattr, signal and raise only. */
static void crash(int sig)
{
	if (taken) {
		taken = false;
		ssize_t n = write(STDOUT_FILENO, restore, restore_len);
		(void)n;
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
	}
	(void)signal(sig, SIG_DFL);
	(void)raise(sig);
}

static void crash_handlers(void)
{
	stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
	struct sigaction sa;
	memset(&sa, 0, sizeof sa);
	sa.sa_handler = crash;
	sa.sa_flags = SA_ONSTACK | (int)SA_RESETHAND | SA_NODEFER;
	(void)sigaltstack(&stack, NULL);
	for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
		(void)sigaction(crashes[i], &sa, NULL);
}

static int restore_byte(int c)
{
	if (restore_len < sizeof restore)
		restore[restore_len++] = (char)c;
	return c;
}

/* A capability may be absent: NULL or (char *)-1. Its padding is no text. */
static void restore_add(const char *s)
{
	if (s != NULL && s != (const char *)-1)
		(void)tputs(s, 1, restore_byte);
}

/* The terminal gives back by itself what stood there before. A console without that is
 * cleared: whoever comes next must not read the last case. */
static bool alternate(void)
{
	const char *s = tigetstr("rmcup");
	return s != NULL && s != (const char *)-1 && *s != '\0';
}

static void prepare_restore(void)
{
	restore_len = 0;
	restore_add("\033[?2004l");
	restore_add(tigetstr("sgr0"));
	restore_add(tigetstr("op"));
	restore_add(tigetstr("cnorm"));
	restore_add(tigetstr("rmkx"));
	if (!alternate())
		restore_add(tigetstr("clear"));
	restore_add(tigetstr("rmcup"));
	restore_add("\r\n");
}

static void raw_bytes(const char *s)
{
	size_t len = strlen(s);
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, s, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		s += n;
		len -= (size_t)n;
	}
}

/* What keyboards of terminals send, whatever TERM says they would: PuTTY is called xterm and
 * sends what it is set to. Where two of its modes differ about one sequence, the keypad wins:
 * numbers are typed on it all day. */
static void define_keys(void)
{
	static const struct {
		const char *seq;
		int code;
	} keys[] = {{"\033[200~", KEY_PASTE_BEGIN}, {"\033[201~", KEY_PASTE_END}, {"\033[1~", KEY_HOME},
	    {"\033[4~", KEY_END}, {"\033[7~", KEY_HOME}, {"\033[8~", KEY_END}, {"\033[H", KEY_HOME},
	    {"\033[F", KEY_END}, {"\033OH", KEY_HOME}, {"\033OF", KEY_END}, {"\033[2~", KEY_IC},
	    {"\033[3~", KEY_DC}, {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[A", KEY_UP},
	    {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT}, {"\033OA", KEY_UP},
	    {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT}, {"\033[Z", KEY_BTAB},
	    {"\033OM", KEY_ENTER}};
	/* F1 to F12: ESC[n~, Linux, xterm and VT100+, SCO; "" where a mode has none. */
	static const char *const functions[][12] = {
	    {"[11~", "[12~", "[13~", "[14~", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~"},
	    {"[[A", "[[B", "[[C", "[[D", "[[E", "", "", "", "", "", "", ""},
	    {"OP", "OQ", "OR", "OS", "OT", "OU", "OV", "OW", "OX", "OY", "OZ", "O["},
	    {"[M", "[N", "[O", "[P", "[Q", "[R", "[S", "[T", "[U", "[V", "[W", "[X"}};
	char seq[8];
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		define_key(keys[i].seq, keys[i].code);
	for (size_t mode = 0; mode < sizeof functions / sizeof *functions; mode++)
		for (int f = 0; f < 12; f++)
			if (functions[mode][f][0] != '\0') {
				snprintf(seq, sizeof seq, "\033%s", functions[mode][f]);
				define_key(seq, KEY_F(f + 1));
			}
	for (int i = 0; i <= 9; i++) {
		snprintf(seq, sizeof seq, "\033%c", '0' + i);
		define_key(seq, KEY_ALT_0 + i);
	}
	for (const char *p = KEY_PAD_CHARACTERS; *p != '\0'; p++) {
		snprintf(seq, sizeof seq, "\033O%c", *p + 0x40);
		define_key(seq, KEY_PAD_0 + *p);
	}
}

int term_start(bool ascii, const char **why)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0) {
		*why = "standard input and output must be a terminal";
		return -1;
	}
	const char *delay = getenv("ESCDELAY");
	screen = newterm(NULL, stdout, stdin);
	if (screen == NULL) {
		*why = "the terminal's kind (TERM) is unknown";
		return -1;
	}
	prepare_restore();
	taken = true;
	crash_handlers();
	if (delay == NULL || *delay == '\0')
		set_escdelay(25);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	intrflush(stdscr, FALSE);
	define_keys();
	raw_bytes("\033[?2004h");
	const char *no_color = getenv("NO_COLOR");
	bool color = has_colors() && (no_color == NULL || *no_color == '\0');
	if (color) {
		start_color();
		use_default_colors();
	}
	draw_init(color, ascii);
	return 0;
}

void term_stop(void)
{
	if (!taken)
		return;
	taken = false;
	raw_bytes("\033[?2004l");
	curs_set(1);
	if (!alternate()) {
		erase();
		refresh();
	}
	endwin();
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
	delscreen(screen);
	screen = NULL;
}

void term_resize(void)
{
	struct winsize ws;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0 || ws.ws_row == 0 || ws.ws_col == 0)
		return;
	resize_term(ws.ws_row, ws.ws_col);
	clearok(curscr, TRUE);
}

void term_size(int *rows, int *cols)
{
	*rows = getmaxy(stdscr);
	*cols = getmaxx(stdscr);
}

void term_paint(void)
{
	int y, x;
	if (draw_caret_get(&y, &x)) {
		curs_set(1);
		move(y, x);
	} else {
		curs_set(0);
		move(getmaxy(stdscr) - 1, 0);
	}
	wnoutrefresh(stdscr);
	doupdate();
}

void term_repaint(void)
{
	clearok(curscr, TRUE);
}

void term_beep(void)
{
	beep();
}

int term_getch(void)
{
	/* wgetch refreshes a window that was touched; keep it for term_paint. */
	int ch = getch();
	return ch == ERR ? -1 : ch;
}

bool term_gone(void)
{
	int waiting = 0;
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	if (poll(&p, 1, 0) < 0)
		return errno != EINTR;
	if (p.revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	if (!(p.revents & POLLIN))
		return false;
	return ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0;
}
