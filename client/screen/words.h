/*
 * The words of enumerations, dates and limits as people say them; the
 * sentences of codes made by forms and screens themselves.
 */
#ifndef YIMEN_SCREEN_WORDS_H
#define YIMEN_SCREEN_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/ui/form.h"

/* The translated word for a value of the wire; the value itself when unknown. */
const char *word_state(const char *state);
/* Columns of the widest of them. */
int word_states_width(void);
const char *word_tick(const char *tick);
const char *word_form(const char *form);
const char *word_required(const char *required);
const char *word_handling(const char *handling);
const char *word_event(const char *event);
const char *word_media(const char *media);
const char *word_notice(const char *state);
/* Why a case stands still: a special procedure by its name, or what it waits for. */
const char *word_standing(const char *standing);
/* An exception's kind and state; a category of the register of negative decisions. */
const char *word_exception(const char *kind);
const char *word_exception_state(const char *state);
const char *word_negative(const char *category);
/* Where somebody is (WHR-2); an absence's and a handover's state; who decides an absence (WHR-3); how a
 * holder came to hold a post (POST-2); what the attendance of a half day is called (WHR-1). */
const char *word_whereabouts(const char *kind);
const char *word_absence(const char *state);
const char *word_handover(const char *state);
const char *word_rank(const char *approver);
const char *word_how(const char *how);
const char *word_verdict(const char *verdict);
/* What a write does, for the person who waits for it. */
const char *word_op(const char *op);
/* Who did something, as a reply names it: a person, or in words the system. */
const char *word_actor(const char *actor);
/* green, yellow, red. */
const char *word_light(const char *light);
/* Which of the three kinds of declining (NEG-2). */
const char *word_why(const char *why);
const char *word_id_kind(const char *kind);
/* The three kinds of a deed of agent service, ended by a NULL value. */
extern const struct form_choice word_service_kinds[];
/* The four ends of a first contact, in the order of their keys, ended by a NULL value. */
extern const struct form_choice word_visit_results[];
/* The code of what is wrong with a telephone number, NULL when nothing is; done: not being
 * typed any more. */
const char *word_phone_fault(const char *s, bool done);
/* The same of the name of a person or organisation: a number scanned into it is none. */
const char *word_name_fault(const char *s, bool done);
/* The same of a document's number: also when it is certainly one of another kind. */
const char *word_ident_fault(const char *kind, const char *typed, bool done);
/* The six kinds of document, ended by a NULL value. */
extern const struct form_choice word_id_kinds[];
const char *word_role(const char *role);
/* What a further party can be. */
extern const struct form_choice word_roles[];
/* 10 working days. Returns buf. */
char *word_limit(int64_t n, const char *unit, char *buf, size_t size);
/* A moment as on the wire, in local time: 2026-11-23 09:41; "" for 0. */
char *word_moment(int64_t us, char *buf, size_t size);
/* From one to another, the day of the second only where it is another: 11-27 08:30 – 12:00. */
char *word_span(int64_t from, int64_t until, char *buf, size_t size);
/* Only its clock: 09:41. */
char *word_clock(int64_t us, char *buf, size_t size);
/* The moment's local date in days since 2000-01-01. */
int32_t word_day(int64_t us);
char *word_date(int32_t days, char *buf, size_t size);
/* Yuan of fen. */
char *word_money(int64_t fen, char *buf, size_t size);

#endif
