/*
 * The terminal: taken at start, given back on every way out, also a crash.
 * Knows no screens.
 */
#ifndef YIMEN_UI_TERM_H
#define YIMEN_UI_TERM_H

#include <stdbool.h>

/* Takes the terminal. 0, or −1 with a sentence in *why: not a terminal, unknown TERM. */
__attribute__((warn_unused_result)) int term_start(bool ascii, const char **why);
/* Gives it back; harmless when it was not taken. */
void term_stop(void);
/* The size changed: tells curses. */
void term_resize(void);
void term_size(int *rows, int *cols);
/* Paints what was drawn and puts the cursor at the caret. */
void term_paint(void);
/* Paints everything anew (Ctrl-L, or after another program wrote on the screen). */
void term_repaint(void);
void term_beep(void);
/* The next value of getch, or −1 when none waits. */
int term_getch(void);
/* The terminal has gone away: readable, and nothing to read. */
bool term_gone(void);

#endif
