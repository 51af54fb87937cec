/*
 * Identity numbers and their check digits: resident ID (GB 11643), unified
 * organisation code (GB 32100), and the shapes of the other documents.
 */
#ifndef YIMEN_IDENT_H
#define YIMEN_IDENT_H

#include <stdbool.h>
#include <stddef.h>

/* kind: resident, passport, hkmacao, taiwan, foreigner, org. NULL when good, else a
 * refusal code: ident.kind, ident.length, ident.chars, ident.date, ident.check. */
const char *ident_check(const char *kind, const char *no, size_t len);
/* The same while still being typed: NULL also when it is a good beginning. */
const char *ident_check_typing(const char *kind, const char *no, size_t len);
/* It has the shape of a resident's or foreigner's card number of 18, right or wrong. */
bool ident_like_card(const char *no, size_t len);
/* The one kind this number of 18 can be: resident, foreigner, org; NULL when it is none or
 * not certain. A card's number with a wrong digit is never an organisation's. */
const char *ident_guess(const char *no, size_t len);
/* The day of birth in a number, as YYYYMMDD; 0 when it holds none whose century is certain. */
int ident_birth(const char *kind, const char *no, size_t len);
/* Under 18 on a day YYYYMMDD by that date (民法典 art. 17); false when it is not known. */
bool ident_minor(const char *kind, const char *no, size_t len, int today);
/* Upper case, without blanks; full-width digits and letters become ASCII. Returns buf. */
char *ident_clean(const char *typed, char *buf, size_t size);
/* The check character of the first 17; 0 when they are not usable. */
char ident_resident_digit(const char *first17);
char ident_org_digit(const char *first17);
/* The same of the first 8 of an organisation's body code (GB 11714), its positions 9 to 17. */
char ident_body_digit(const char *first8);

#endif
