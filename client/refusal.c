/*
 * Codes and the sentences people read for them: what is wrong and what to do.
 * %1$s … %3$s are the refusal's arguments. A test compares the table with every code
 * that sql/, server/ and common/ raise.
 */
#include "client/refusal.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "common/text.h"

#define _(msgid) gettext(msgid)
#define N_(msgid) msgid

struct sentence {
	const char *code, *text;
	bool field; /* %1$s is the name of a field */
};

static const struct sentence sentences[] = {
    /* Values of fields (OP_INVALID). */
    {"value.missing", N_("%1$s: must be filled in."), true},
    {"value.number", N_("%1$s: only digits, please."), true},
    {"value.range", N_("%1$s: this number is too large or too small."), true},
    {"value.size", N_("%1$s: the value has the wrong length for its type; update this program."), true},
    {"value.bool", N_("%1$s: write true or false."), true},
    {"bytes.long", N_("%1$s: too many bytes."), true},
    {"bytes.hex", N_("%1$s: write bytes as pairs of hexadecimal digits."), true},
    {"text.invalid", N_("%1$s: the text is not valid UTF-8; type it again."), true},
    {"text.control", N_("%1$s: holds a control character; remove tabs and line ends and type it again."),
	true},
    {"text.hidden", N_("%1$s: holds an invisible character; delete it and type it again."), true},
    {"text.long", N_("%1$s: too long; shorten it."), true},
    {"text.blank", N_("%1$s: must not be blank."), true},
    {"code.chars", N_("%1$s: only small letters, digits, dot, dash and underline."), true},
    {"phone.chars", N_("%1$s: only digits, blanks, + and -."), true},
    {"phone.length", N_("%1$s: a telephone number has 5 to 20 digits."), true},
    {"date.form", N_("%1$s: write the date as 2026-11-23; it must exist in the calendar."), true},
    {"date.range", N_("%1$s: the date lies outside the years 1 to 9999."), true},
    {"moment.form", N_("%1$s: write the time as 2026-11-23 09:30."), true},
    {"ident.kind", N_("%1$s: choose the kind of document first."), true},
    {"ident.length", N_("%1$s: the number is too short or too long; compare it with the document."), true},
    {"ident.chars",
	N_("%1$s: holds a character that cannot stand in this number; compare it with the document."), true},
    {"ident.date", N_("%1$s: the date of birth in it does not exist; compare it with the document."), true},
    {"ident.check", N_("%1$s: the check digit is wrong; compare the number with the document."), true},

    {"find.short_digits", N_("%1$s: give at least 4 digits of a case number, identity number or telephone."),
	true},
    {"find.short_name", N_("%1$s: give at least 2 characters of a name."), true},
    {"clock.kind", N_("%1$s: total, statutory, step or term."), true},
    {"days.range", N_("%1$s: at most a hundred days, the first one first."), true},
    {"find.short_initials", N_("%1$s: give at least 3 initials of a name."), true},
    {"agent.name", N_("%1$s: give the agent's name as well, or leave every field of the agent empty."), true},
    {"agent.ident", N_("%1$s: give the agent's kind of document and its number, or leave the agent empty."),
	true},
    {"party.length", N_("%1$s: every further party needs its role, document, number and name."), true},
    {"party.many", N_("%1$s: at most %2$s further parties; name the others in what is asked for."), true},
    {"party.role", N_("%1$s: a further party is an applicant, a guardian or a representative."), true},
    {"party.name", N_("%1$s: every further party has a name."), true},
    {"party.ident", N_("%1$s: give the document and number of %2$s."), true},
    {"hand.partly",
	N_("%1$s: a receipt written by hand has a number, a time and a reason; fill in all of them or none."),
	true},
    {"hand.future", N_("%1$s: the time on the paper is still to come; compare it with the paper."), true},
    {"receipt.no_case", N_("%1$s: there is no such case to share a receipt with."), true},
    {"notice.kind", N_("%1$s: choose acceptance, correction, decline, finish or withdraw."), true},
    {"password.hash", N_("%1$s: the server could not store it; tell the administrator."), true},
    {"password.same", N_("%1$s: take another one than before."), true},
    {"password.short", N_("%1$s: take 8 characters or more."), true},
    {"print.sha256", N_("%1$s: the fingerprint of a printed PDF has 32 bytes."), true},
    {"tick.length", N_("%1$s: every material ticked needs its own state."), true},
    {"tick.twice", N_("%1$s: the same material is ticked twice."), true},
    {"tick.state", N_("%1$s: material %2$s must be present, absent, defective, later or unneeded."), true},
    {"material.none", N_("%1$s: the guide has no material %2$s; look at the materials again."), true},

    /* Materials (CASE-2, CAT-5). */
    {"material.needed", N_("«%1$s» is always needed; it cannot be ticked as unneeded."), false},
    {"material.open", N_("«%1$s» was not looked at yet; tick it first."), false},
    {"material.not_later", N_("«%1$s» may not follow later; ask for it now."), false},
    {"material.no_date", N_("«%1$s» may follow later: say by which date."), false},
    {"material.date_past", N_("«%1$s»: the date by which it follows has passed; choose a later one."), false},
    {"material.no_note", N_("«%1$s» is defective: say what exactly the applicant has to do."), false},
    {"materials.missing", N_("%2$s materials are still missing: %1$s. Ask for all of them in one notice."),
	false},

    /* Items and cases. */
    {"item.none", N_("There is no such item; find it again."), false},
    {"item.superseded", N_("«%1$s» has a newer version in the catalogue; find it again."), false},
    {"item.no_guide", N_("The guide of «%1$s» has not been entered (指南未录入); it cannot be received yet."),
	false},
    {"item.no_post", N_("No post receives «%1$s»; tell the administrator."), false},
    {"item.no_step", N_("«%1$s» has no step to go to; tell the administrator."), false},
    {"agent.expired", N_("The letter of authority ran out on %1$s; ask for a new one."), false},
    {"party.no_guardian", N_("%1$s is under 18: add the guardian among the applicants."), false},
    {"party.guardian_minor", N_("%1$s is under 18 and cannot be a guardian; enter somebody of age."), false},
    {"party.guardian_org",
	N_("The first applicant is an organisation, which has no guardian: take %1$s out."), false},
    {"party.representative",
	N_("%1$s cannot be its legal representative: that is a person who stands for an organisation."),
	false},
    {"party.twice", N_("%1$s stands there twice, by the number of the document; take one out."), false},
    {"hand.twice", N_("Paper %1$s was keyed in already: case %2$s."), false},
    {"hand.month_closed",
	N_("%1$s is closed: to key a case into it, ask the supervisor for an exception first."), false},
    {"receipt.other_applicant",
	N_("Case %1$s is another applicant's: receive this one with a receipt of its own."), false},
    {"receipt.visit_over",
	N_("Case %1$s was not received at this window today: receive this one with a receipt of its own."),
	false},
    {"receipt.many", N_("A receipt lists at most %1$s cases: begin a new one."), false},
    {"case.none", N_("There is no such case."), false},
    {"case.state", N_("The case is %1$s now; this cannot be done with it any more."), false},
    {"case.changed", N_("Someone else changed case %2$s meanwhile; look at it again, then repeat."), false},
    {"advance.decide", N_("%1$s is at its deciding step: grant or refuse it."), false},
    {"answer.not_waiting", N_("%1$s is not waiting for a correction: end its special procedure first."),
	false},
    {"decide.later", N_("%1$s (no. %2$s) was to follow and has not come: tick it by amending first."), false},
    {"decide.step", N_("The step after this one is %1$s: advance the case to it first."), false},
    {"decide.valid", N_("The document would not be valid on the day it is made: %1$s has passed."), false},
    {"deliver.day_ahead", N_("It cannot have been received tomorrow: give the day of the signature."), false},
    {"deliver.day_before", N_("It was decided on %1$s: it cannot have been received before."), false},
    {"deliver.done", N_("It was delivered on %1$s already."), false},
    {"deliver.how", N_("%1$s: window, post, agent, public or electronic."), true},
    {"expedite.longer", N_("That is no shorter: the promise is %1$s."), false},
    {"expedite.no_limit", N_("This item has no limit that could be made shorter."), false},
    {"expedite.over", N_("So short a promise would have ended on %1$s: choose a longer one."), false},
    {"expedite.promised", N_("%1$s: give the shorter promise, at least 1."), true},
    {"extend.beyond",
	N_("The item allows %1$s working days; more needs an exception granted by a supervisor."), false},
    {"extend.days", N_("%1$s: give the working days to add."), true},
    {"extend.no_limit", N_("This item has no limit that could be extended."), false},
    {"extend.once", N_("It was extended by %1$s working days already; a limit is extended once."), false},
    {"extend.over", N_("The limit ran out on %1$s: it cannot be extended any more."), false},
    {"fee.amount", N_("%1$s: give the amount to be paid."), true},
    {"fee.approval",
	N_("A reduction needs approval: ask the chief representative for an exception of %1$s first."),
	false},
    {"fee.asked", N_("%1$s has been asked already: pay it, reduce it, or print its notice again."), false},
    {"fee.by", N_("%1$s: take off at least 0.01 yuan and no more than the fee."), true},
    {"fee.day_ahead", N_("The receipt cannot be of tomorrow: give its day."), false},
    {"fee.day_before", N_("The fee was asked on %1$s: it cannot have been paid before."), false},
    {"fee.free", N_("%1$s is free of charge: nothing can be asked."), false},
    {"fee.none", N_("No fee was asked of %1$s."), false},
    {"fee.paid", N_("The fee was paid by receipt %1$s."), false},
    {"fee.published", N_("The published fee is %1$s: no other amount can be asked."), false},
    {"fee.receipt", N_("Receipt %1$s paid another fee already: look at its number again."), false},
    {"fee.reduced", N_("%1$s were taken off already; a fee is reduced once."), false},
    {"fee.unpaid", N_("The fee of %1$s is not paid yet: enter its receipt first."), false},
    {"fee.waived", N_("%1$s were taken off with approval: nothing is left to pay."), false},
    {"refuse.major", N_("%1$s is a major matter: the chief representative must approve the refusal first."),
	false},
    {"resume.waiting", N_("%1$s waits for the applicant's correction: take its answer."), false},
    {"send_back.step", N_("%1$s has no such earlier step."), false},
    {"suspend.disagree", N_("Until %1$s there are %2$s working days: give one of the two, or the same."),
	false},
    {"suspend.expected", N_("%1$s: between 1 and 999 working days."), true},
    {"suspend.how_long", N_("Say how long it is expected to take, or until which day."), false},
    {"suspend.past", N_("The stated end %1$s has passed already."), false},
    {"suspend.procedure",
	N_("%1$s: choose a lawful special procedure (hearing, tender, auction, inspection, testing, "
	   "quarantine, appraisal, expert review)."),
	true},
    {"correct.second",
	N_("Case %1$s has had its one notice of everything missing; a second needs a supervisor."), false},
    {"decline.why", N_("%1$s: choose not_required, not_ours or not_permitted."), true},
    {"decline.post", N_("%1$s: choose a receiving post of the hall."), true},
    {"decline.where", N_("Say whose matter it is and at which window, so that the visitor can go there."),
	false},
    {"decline.ours", N_("«%1$s» is a post of your own department; the matter is yours."), false},
    {"decline.not_elsewhere",
	N_("Only another's competence is handed to another department; leave it empty."), false},
    {"decline.basis", N_("Name the law and article that forbid this application."), false},
    {"decline.major",
	N_("Case %1$s is a major matter: ask the chief representative for approval before declining it."),
	false},
    {"finish.not_immediate", N_("«%1$s» is not finished on the spot (即办); accept the case instead."),
	false},
    {"finish.not_by_hand", N_("Case %1$s was not received by hand; it is finished now."), false},
    {"finish.before", N_("%1$s: it cannot have been finished before it was received."), true},
    {"finish.later", N_("«%1$s» is to follow later; what is finished on the spot needs it now."), false},
    {"withdraw.day_ahead", N_("The request cannot have been signed after today."), false},
    {"withdraw.day_before", N_("The request cannot have been signed before the application came in on %1$s."),
	false},
    {"amend.ident", N_("%1$s: give the kind of document and its number together."), true},
    {"amend.party", N_("%1$s: the case has no further party at place %2$s."), true},
    {"amend.nothing", N_("Nothing was changed."), false},
    {"amend.nothing_told",
	N_("Nothing would be left of the one notice; void it and accept the case instead."), false},
    {"exception.kind", N_("%1$s: there is no such kind of exception."), true},
    {"exception.not_told", N_("Case %1$s was not asked for anything yet: the one notice needs no exception."),
	false},
    {"exception.asked", N_("This was asked already; wait for the answer, or use what was granted."), false},
    {"clock.none", N_("%1$s: no such limit runs for this case."), false},
    {"exception.none", N_("There is no such exception."), false},
    {"exception.decided", N_("This was decided already."), false},
    {"exception.chief", N_("Only a chief representative of the department decides this."), false},
    {"exception.own",
	N_("You asked for this yourself: another A or B of «%1$s» must grant it, or another rank."), false},
    {"exception.supervisor", N_("Only a supervisor decides this."), false},
    {"correct.nothing", N_("Nothing is missing or defective; accept the case instead."), false},
    {"answer.nothing", N_("Tick what the applicant has brought."), false},
    {"answer.not_told", N_("The one notice did not list «%1$s»; it cannot be asked for now."), false},
    {"applicant.too_many",
	N_("Too many identity numbers were looked up here in an hour; type the applicant in instead."),
	false},
    {"post.not_holder", N_("Only who holds the post «%1$s» now may do this (now: %2$s)."), false},
    {"cover.place", N_("You have no place in the post «%1$s»; its A, a B or a supervisor's choice holds it."),
	false},
    {"cover.mine", N_("You hold the post «%1$s» already."), false},
    {"cover.held", N_("The post «%1$s» is not empty: %2$s holds it."), false},
    {"cover.first", N_("The post «%1$s» is offered to %2$s first; wait until it is offered to all."), false},
    {"cover.closed", N_("The post «%1$s» is offered when the hall opens; its A may take it now."), false},
    {"cover.own", N_("You are the A of the post «%1$s»: hand it over, or sign out."), false},
    {"cover.handover", N_("The post «%1$s» came to you by a handover; end the handover instead."), false},
    {"assign.place", N_("%1$s: A, B1 to B9."), true},
    {"assign.vacant", N_("Nobody is %2$s of the post «%1$s»."), false},
    {"assign.least", N_("The post «%1$s» needs an A and a B1 (POST-1): put somebody else there."), false},
    {"assign.department", N_("%1$s is not of the department of the post «%2$s»."), false},
    {"assign.same", N_("%1$s is %2$s already."), false},
    {"assign.gap", N_("The Bs of the post «%1$s» have no gaps: fill the place before %2$s first."), false},
    {"appoint.same", N_("Nothing would change: the post «%1$s» is so already."), false},
    {"notice.none", N_("There is no such notice."), false},
    {"notice.void", N_("This paper is void, another one was issued instead: print that one (%1$s)."), false},
    {"notice.old", N_("What this notice was made of is not known; it cannot be issued anew."), false},
    {"notice.no_facts", N_("%1$s: this notice states no facts."), true},
    {"void.already", N_("This notice is void already."), false},
    {"void.not_last", N_("After notice %1$s more has happened; it can only be issued anew."), false},
    {"void.another_day", N_("It was made on %1$s; only a supervisor can void it now."), false},
    {"void.term_over", N_("The term that would run again ended on %1$s."), false},
    {"print.none", N_("This notice is not on its way to a printer; print it first."), false},

    /* Joint items and projects (PAR). */
    {"project.needed", N_("«%1$s» is a stage of a project: say which one it is received for."), false},
    {"project.none", N_("There is no such project."), false},
    {"project.no_stage", N_("This item is no stage of a project; leave the project out."), false},
    {"project.before", N_("Granted first must be: %1$s; then comes «%2$s»."), false},
    {"project.again", N_("The project has case %2$s for the stage «%1$s» already."), false},
    {"review.none", N_("Case %1$s has no such review."), false},
    {"review.conditional", N_("%1$s: name conditional reviews of the item only."), true},
    {"review.scope", N_("%1$s: choose mine, lead, case or tonight."), true},
    {"review.closed", N_("This review of case %1$s is not open."), false},
    {"review.answered", N_("This review of case %1$s has its answer; supersede it instead."), false},
    {"review.deemed",
	N_("Silence has counted as agreement in case %1$s; only the written consent can be filed now."),
	false},
    {"review.unanswered",
	N_("It cannot be granted yet: no answer from %1$s. The director may grant an exception."), false},
    {"review.disagrees", N_("It cannot be granted: %1$s disagrees. The director may grant an exception."),
	false},
    {"check.open", N_("%1$s has not checked the papers yet; the check closes on %2$s."), false},
    {"check.missing", N_("%1$s finds something missing: send the one notice first."), false},
    {"check.closed", N_("The check of case %1$s is not open."), false},
    {"check.answered", N_("Your department has checked case %1$s already."), false},
    {"check.answer", N_("%1$s: choose complete or missing."), true},
    {"check.complete", N_("Complete, and yet something is missing? Choose one of them."), false},
    {"check.needs", N_("Say what exactly is missing, line by line."), false},
    {"opinion.answer", N_("%1$s: choose agree, conditional, disagree or refer."), true},
    {"opinion.words", N_("Give the conditions or reasons in words."), false},
    {"opinion.basis", N_("A disagreement names its legal basis."), false},
    {"opinion.changed", N_("The opinion in case %1$s was superseded meanwhile; look at it again."), false},
    {"want.open", N_("A correction wanted waits for the lead of case %1$s already."), false},
    {"want.none", N_("No correction is wanted of case %1$s by that review."), false},
    {"consent.none", N_("Nothing was deemed agreed in that review of case %1$s."), false},
    {"consent.given", N_("The written consent of case %1$s is there already."), false},
    {"exception.no_review", N_("No review stands against granting case %1$s."), false},
    {"exception.director", N_("Only the hall's director decides this."), false},
    {"project.twice", N_("A project with the code %1$s is there already; look for it."), false},
    {"project.no_stages", N_("The hall has loaded no stages of projects; tell the administrator."), false},

    /* Drafts. */
    {"draft.key", N_("%1$s: the key of a draft has 16 bytes."), true},
    {"draft.none", N_("This draft is no longer there, or it is not yours; look at the list again."), false},
    {"draft.taken",
	N_("Someone goes on with this draft at another window; what is typed here becomes one of its own."),
	false},
    {"draft.ended", N_("This draft was committed or dropped already; what is typed now becomes a new one."),
	false},
    {"draft.many", N_("You have left %1$s drafts open; drop those that nobody needs."), false},
    /* First contacts (FST). */
    {"visit.none", N_("There is no such first contact."), false},
    {"visit.changed", N_("Someone else changed this first contact meanwhile; look at it again."), false},
    {"visit.closed", N_("This first contact is closed."), false},
    {"visit.confirmed", N_("This first contact has been taken already: %1$s."), false},
    {"visit.asked", N_("That post is asked already and has not confirmed yet."), false},
    {"visit.unheld", N_("Nobody holds «%1$s» now: send nobody there; you answer until it is confirmed."),
	false},
    {"visit.own_post", N_("That is the post which answers for it now; keep it, or name another."), false},
    {"visit.window", N_("The hall has no window %1$s."), false},
    {"visit.no_window", N_("No window serves the post «%1$s» today; hand the visitor over to it instead."),
	false},
    {"visit.where", N_("%1$s: name the item, post or window the visitor is sent to."), true},
    {"visit.reply", N_("%1$s: say what the visitor was told."), true},
    {"visit.result", N_("%1$s: choose answered, pointed, handed or kept; an end is answered or pointed."),
	true},
    {"post.none", N_("You hold no post now; whoever holds one may do this."), false},
    {"post.unknown", N_("There is no such post."), false},
    /* Attachments and originals (PAR-7, CASE-2). */
    {"paper.none", N_("There is no such attachment."), false},
    {"paper.hidden", N_("Only those who handle the case may open its attachments."), false},
    {"paper.was_void", N_("This very file was marked void in this case: %2$s."), false},
    {"paper.empty", N_("The file is empty; scan it again."), false},
    {"paper.large", N_("The file has more than %1$s MiB; scan it at a lower resolution or in two parts."),
	false},
    {"paper.full", N_("The attachments of case %1$s would have more than %2$s MiB together."), false},
    {"paper.media", N_("Only PDF and JPEG files can be attached; this is neither, whatever its name."),
	false},
    {"paper.cut", N_("The end of the file is missing: wait until the scanner has written all of it."), false},
    {"paper.hash", N_("What arrived is not what was sent; attach the file again."), false},
    {"paper.gap", N_("A part of the file is missing; go on with part %1$s."), false},
    {"paper.no", N_("%1$s: this attachment has no such part."), true},
    {"paper.length", N_("%1$s: a part of the wrong length; update this program."), true},
    {"paper.size", N_("%1$s: not the size told before."), true},
    {"paper.sha256", N_("%1$s: the fingerprint of a file has 32 bytes."), true},
    {"paper.void", N_("This attachment is void already."), false},
    {"file.open", N_("The file cannot be opened: %1$s."), false},
    {"file.read", N_("The file cannot be read: %1$s."), false},
    {"file.kind", N_("«%1$s» is no file with content of its own (a folder, pipe or device)."), false},
    {"file.changed", N_("«%1$s» is still being written; attach it when the scanner is done."), false},
    {"file.folder", N_("The scan folder cannot be read: %1$s. Check [attach] folder in the settings."),
	false},
    {"file.write", N_("The file cannot be written: %1$s."), false},
    {"negative.category", N_("%1$s: choose late or other; the others come with their notice."), true},
    {"negative.over", N_("Case %1$s is decided or over: nothing of it can be late any more."), false},
    {"original.closed", N_("Case %1$s is finished; no original is kept for it any more."), false},
    {"original.none", N_("The case has no such original."), false},
    {"original.returned", N_("«%1$s» has been returned already."), false},
    {"original.length", N_("%1$s: give as many numbers of copies and materials as originals, or none."),
	true},
    {"original.copies", N_("%1$s: from 1 to 999."), true},

    /* Unmasking (SEC-1) and agent service (CASE-11). */
    {"reveal.plain", N_("You handle this case: it is shown plain already."), false},
    {"reveal.denied",
	N_("Only supervisors, the department's chief representative and window posts may unmask a case."),
	false},
    {"reveal.too_many", N_("You have unmasked %1$s cases within an hour; wait, or ask who handles this one."),
	false},
    {"service.kind", N_("%1$s: choose visit, call or other."), true},
    {"staff.none", N_("Nobody in the hall is called «%1$s»; give the login or the whole name."), false},
    {"staff.several", N_("Several people are called «%1$s»; give the login."), false},

    /* Absences and whereabouts (WHR, POST-5, POST-6). */
    {"absence.none", N_("There is no such absence."), false},
    {"absence.kind", N_("%1$s: choose leave, trip, training, meeting or site; away only when leaving now."),
	true},
    {"absence.scope", N_("%1$s: mine, approve, department or all."), true},
    {"absence.interval", N_("The end must lie after the beginning."), false},
    {"absence.past", N_("That time is over already; choose a later one."), false},
    {"absence.long", N_("An absence lasts %2$s days at most."), false},
    {"absence.overlap", N_("There is a request for %1$s to %2$s already: change that one."), false},
    {"absence.closed", N_("This request was denied or cancelled: make a new one."), false},
    {"absence.over", N_("It was over at %1$s."), false},
    {"absence.begun", N_("It began at %1$s: come back earlier, or ask for what follows by a new request."),
	false},
    {"absence.changed", N_("The request was changed meanwhile; look at it again."), false},
    {"absence.decided", N_("This request waits for no decision any more; look at the list again."), false},
    {"absence.own", N_("Nobody decides about their own absence; it waits for who does."), false},
    {"absence.rank", N_("This is decided by %1$s."), false},
    {"absence.uncovered",
	N_("From %2$s nobody would be left at the post «%1$s» (POST-5): deny it, or a supervisor names a "
	   "substitute."),
	false},
    {"absence.covered", N_("Somebody is left at every post: no substitute is needed."), false},
    {"absence.supervisor", N_("Only a supervisor may let «%1$s» go to a substitute."), false},
    {"absence.substitute", N_("The substitute must be somebody else of the department of «%1$s»."), false},
    {"absence.substitute_away",
	N_("The substitute is away as well: nobody would be left at «%1$s» from %2$s."), false},
    {"absence.taker", N_("«%1$s» is to be taken over by this person at %2$s: change that handover first."),
	false},
    {"handover.none", N_("There is no such handover."), false},
    {"handover.giver",
	N_("«%1$s» is handed over by its A, by a B who holds it, or by the chief representative."), false},
    {"handover.nobody", N_("Say who takes it over."), false},
    {"handover.self",
	N_("It cannot be handed over to %1$s: that is who hands over, or its A; end the handover instead."),
	false},
    {"handover.place", N_("%1$s has no place in this post; a supervisor may name a substitute (POST-5)."),
	false},
    {"handover.away", N_("%1$s is away from %2$s; choose another, or another time."), false},
    {"handover.interval", N_("The end must lie after the beginning."), false},
    {"handover.past", N_("%1$s: it must still be to come, so that it can be confirmed."), true},
    {"handover.outside", N_("You hold the post from %1$s to %2$s only: hand it on within that."), false},
    {"handover.overlap", N_("There is a handover from %1$s to %2$s already: change that one."), false},
    {"handover.inner", N_("The post was handed on within it until %1$s: end that first."), false},
    {"handover.length", N_("%1$s: a note for each case."), true},
    {"handover.case", N_("Case %1$s does not wait for this post."), false},
    {"handover.twice", N_("Case %1$s stands there twice."), false},
    {"handover.item", N_("%1$s: the handover has no item %2$s."), true},
    {"handover.taker", N_("%1$s takes it over and confirms it."), false},
    {"handover.sides", N_("Only who handed over or who took over may end it early."), false},
    {"handover.not_begun", N_("It begins at %1$s: call it off instead."), false},
    {"handover.running", N_("It has begun: only its end can be moved, or it is ended early."), false},
    {"handover.ended", N_("It has been over since %1$s."), false},
    {"handover.no_paper", N_("Its paper is made once every item is confirmed."), false},
    {"presence.here", N_("You are not away."), false},
    {"presence.neighbour", N_("The hall has no other counter window %1$s that could watch yours."), false},
    {"presence.no_sign", N_("You put up no sign: leave the post with a neighbouring window named."), false},
    {"presence.watch",
	N_("You are alone at this window: name a neighbouring window that watches it (POST-6)."), false},

    /* The clock. */
    {"clock.not_test", N_("Only the clock of a test hall can be moved."), false},
    {"clock.back", N_("The clock goes only forward."), false},

    /* Sessions. */
    {"login.wrong", N_("Login name or password is wrong."), false},
    {"login.wait", N_("Too many wrong passwords; wait %1$s seconds and try again."), false},
    {"session.none", N_("Nobody is logged in here; log in first."), false},
    {"session.locked", N_("The session is locked; give the password to unlock it."), false},
    {"session.must_change", N_("Set a password of your own first."), false},
    {"session.unknown", N_("There is no such session."), false},
    {"window.department", N_("Your department does not use window %1$s today; log in at one of these: %2$s."),
	false},
    {"window.unknown", N_("The hall does not know this certificate; tell the administrator."), false},
    {"class.denied", N_("Your duties in the hall do not include this."), false},
    {"op.class", N_("Your duties in the hall do not include this."), false},
    {"op.unknown", N_("The server does not know this operation; it may be older than this program."), false},

    /* Command slots. */
    {"slot.fenced", N_("This window was opened elsewhere with the same certificate; send it again."), false},
    {"slot.hash", N_("This window's state folder does not match the hall's memory of it; send it again."),
	false},
    {"slot.epoch", N_("This window's state folder does not match the hall's memory of it; send it again."),
	false},
    {"slot.key", N_("The key of the write is not one; update this program."), false},
    {"slot.range", N_("There is no such slot."), false},
    {"slot.gap", N_("This window's state folder is older than the hall's memory of it; send it again."),
	false},
    {"command.cancelled", N_("It was given up before the hall carried it out; nothing was saved."), false},

    /* The line, as seen from here. */
    {"link.address", N_("The server's address cannot be found; check [server] host in the settings."), false},
    {"link.unreachable", N_("The server does not answer; check the line, and that it runs."), false},
    {"link.tls", N_("The server does not speak TLS 1.3 as it should; tell the administrator."), false},
    {"link.certificate", N_("A certificate was not accepted; tell the administrator."), false},
    {"link.lost", N_("The line to the hall was lost before the answer; try again."), false},
    {"link.timeout", N_("The hall did not answer in time; try again."), false},
    {"link.malformed", N_("The answer could not be read; update this program."), false},
    {"link.full", N_("Eight commands are under way already; wait for one to be confirmed."), false},
    {"link.large", N_("It is larger than the hall takes at once; shorten or split it. Nothing was sent."),
	false},
    {"link.journal", N_("The state folder cannot be written, so nothing was sent; check the disk."), false},
    {"hello.version", N_("This program is too old or too new for the server; update it."), false},
    {"frame.malformed", N_("The request could not be read by the server; update this program."), false},
    {"server.busy", N_("The system is busy; try again in a moment."), false},
    {"server.unavailable", N_("The hall's database is away; what you typed is kept, go on when it is back."),
	false},
    {"server.other", N_("The server failed without a reason; tell the administrator."), false},
};

static const struct {
	const char *field, *name;
} fields[] = {
    {"absence_id", N_("absence")},
    {"address", N_("address")},
    {"after", N_("rows to skip")},
    {"agent_id_kind", N_("kind of the agent's document")},
    {"agent_id_no", N_("agent's identity number")},
    {"agent_name", N_("agent's name")},
    {"agent_phone", N_("agent's telephone")},
    {"agent_scope", N_("scope of the authority")},
    {"agent_until", N_("last day of the authority")},
    {"all", N_("all")},
    {"amount", N_("amount in fen")},
    {"answer", N_("answer")},
    {"applicant_id", N_("applicant")},
    {"as_post_id", N_("post acted for")},
    {"at", N_("time")},
    {"at", N_("time")},
    {"authority", N_("higher authority")},
    {"basis", N_("legal basis")},
    {"by", N_("amount taken off")},
    {"bytes", N_("part of the file")},
    {"case_id", N_("case")},
    {"case_note", N_("note on a case")},
    {"category", N_("category")},
    {"clock", N_("limit to prove")},
    {"confirm", N_("to be confirmed")},
    {"code", N_("code")},
    {"contact", N_("contact")},
    {"content", N_("content")},
    {"copies", N_("copies")},
    {"day", N_("day")},
    {"days", N_("working days")},
    {"department_id", N_("department")},
    {"department_id", N_("department")},
    {"destination", N_("where to")},
    {"detail", N_("detail")},
    {"detail", N_("detail")},
    {"document", N_("result document")},
    {"document_no", N_("its number")},
    {"draft", N_("draft")},
    {"epoch", N_("epoch")},
    {"exception_id", N_("exception")},
    {"expected", N_("working days expected")},
    {"facts", N_("facts")},
    {"from", N_("first day")},
    {"grant", N_("granted")},
    {"handover_id", N_("handover")},
    {"how", N_("way of delivery")},
    {"id_kind", N_("kind of document")},
    {"id_no", N_("identity number")},
    {"item_id", N_("item")},
    {"action", N_("action")},
    {"items", N_("items")},
    {"kind", N_("kind")},
    {"late", N_("not closed in time")},
    {"later", N_("date of bringing it later")},
    {"limit", N_("rows wanted")},
    {"login", N_("login name")},
    {"major", N_("major matter")},
    {"material", N_("number of the material")},
    {"matter", N_("matter")},
    {"mine", N_("mine")},
    {"name", N_("name")},
    {"need", N_("what is missing")},
    {"new", N_("new password")},
    {"no", N_("number of the part")},
    {"no_agent", N_("no agent")},
    {"note", N_("what to do")},
    {"notice_id", N_("notice")},
    {"number", N_("number of the case")},
    {"object", N_("objection")},
    {"ok", N_("printed")},
    {"old", N_("present password")},
    {"open", N_("open ones")},
    {"original_id", N_("original")},
    {"outcome", N_("what came of it")},
    {"owner", N_("who builds")},
    {"pages", N_("pages")},
    {"paid_on", N_("day of the receipt")},
    {"paper_at", N_("time on the paper")},
    {"paper_id", N_("attachment")},
    {"paper_no", N_("number of the paper")},
    {"paper_reason", N_("reason")},
    {"papers", N_("other papers")},
    {"party_address", N_("its address")},
    {"party_id_kind", N_("its kind of document")},
    {"party_id_no", N_("its identity number")},
    {"party_name", N_("its name")},
    {"party_phone", N_("its telephone")},
    {"party_role", N_("role of a further party")},
    {"party_seq", N_("place of the party")},
    {"password", N_("password")},
    {"phone", N_("telephone")},
    {"place", N_("place in the post")},
    {"post_id", N_("post")},
    {"printer", N_("printer")},
    {"procedure", N_("special procedure")},
    {"program", N_("program")},
    {"project_id", N_("project")},
    {"promised", N_("shorter promise")},
    {"q", N_("search text")},
    {"reason", N_("reason")},
    {"receipt_no", N_("receipt number")},
    {"received_by", N_("who received it")},
    {"received_on", N_("day it was received")},
    {"receiver", N_("who gets it back")},
    {"remark", N_("remark")},
    {"reply", N_("what the visitor was told")},
    {"result", N_("result")},
    {"review", N_("reviews of the joint item")},
    {"revision", N_("revision")},
    {"scope", N_("which ones")},
    {"screen", N_("screen")},
    {"seq", N_("number of the material")},
    {"session_id", N_("session")},
    {"sha256", N_("fingerprint")},
    {"signed_by", N_("who signed")},
    {"signed_on", N_("day of the signature")},
    {"size", N_("size")},
    {"slot", N_("slot")},
    {"stage_no", N_("stage")},
    {"state", N_("state")},
    {"step", N_("step")},
    {"subject", N_("subject")},
    {"substitute", N_("substitute")},
    {"thing", N_("things passed on")},
    {"title", N_("title")},
    {"to_id", N_("who takes over")},
    {"to_post", N_("post responsible")},
    {"to_post_id", N_("post or window")},
    {"to_where", N_("where to go")},
    {"token", N_("session token")},
    {"until", N_("last day")},
    {"valid_until", N_("valid until")},
    {"version", N_("version")},
    {"version_max", N_("newest protocol")},
    {"version_min", N_("oldest protocol")},
    {"visit_id", N_("first contact")},
    {"void_id", N_("void attachment")},
    {"watch_no", N_("window that watches")},
    {"who", N_("who accompanies the case")},
    {"why", N_("reason of declining")},
    {"window_no", N_("window")},
    {"with_case", N_("case of the same visit")},
    {"words", N_("what was done")},
};

static const struct sentence *find(const char *code)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
		if (strcmp(sentences[i].code, code) == 0)
			return &sentences[i];
	return NULL;
}

const char *refusal_code(size_t n)
{
	return n < sizeof(sentences) / sizeof(sentences[0]) ? sentences[n].code : NULL;
}

int refusal_known(const char *code)
{
	return find(code) != NULL;
}

static const char *field_name(const char *field)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i].field, field) == 0)
			return fields[i].name;
	return NULL;
}

int refusal_field_known(const char *field)
{
	return field_name(field) != NULL;
}

/* A field of a form as people call it, translated: "id_no" → "identity number". */
static const char *called(const char *field)
{
	const char *name = field_name(field);

	return name != NULL ? _(name) : field;
}

/* Adds text to buf, whole or cut at a character. */
static void append(char *buf, size_t size, size_t *n, const char *text, size_t len)
{
	size_t room = size - 1 - *n;

	if (len > room)
		len = text_cut(text, len, room);
	memcpy(buf + *n, text, len);
	*n += len;
}

/* Puts %1$s … %3$s into a sentence; any other % stands for itself. */
static void expand(const char *text, const char *const args[3], char *buf, size_t size)
{
	size_t n = 0;

	while (*text != '\0') {
		size_t plain = strcspn(text, "%");

		append(buf, size, &n, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		if (text[1] >= '1' && text[1] <= '3' && text[2] == '$' && text[3] == 's') {
			const char *arg = args[text[1] - '1'];

			append(buf, size, &n, arg, strlen(arg));
			text += 4;
		} else {
			append(buf, size, &n, text++, 1);
		}
	}
	buf[n] = '\0';
}

static const struct {
	const char *code, *name;
} states[] = {{"received", N_("received")}, {"correcting", N_("correcting")}, {"accepted", N_("in progress")},
    {"suspended", N_("suspended")}, {"forwarded", N_("sent up")}, {"decided", N_("decided")},
    {"closed", N_("closed")}, {"declined", N_("declined")}, {"withdrawn", N_("withdrawn")},
    {"lapsed", N_("lapsed")}};

const char *refusal_state_at(size_t n)
{
	return n < sizeof(states) / sizeof(*states) ? _(states[n].name) : NULL;
}

const char *refusal_state(const char *code)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (strcmp(states[i].code, code) == 0)
			return _(states[i].name);
	return code;
}

char *refusal_say(
    const char *code, const char *arg1, const char *arg2, const char *arg3, char *buf, size_t size)
{
	const struct sentence *s = find(code);
	const char *args[3] = {arg1 != NULL ? arg1 : "", arg2 != NULL ? arg2 : "", arg3 != NULL ? arg3 : ""};
	const char *text = s != NULL ? _(s->text) : _("The hall refused it, with the code %1$s.");

	if (s == NULL)
		args[0] = code;
	else if (s->field)
		args[0] = *args[0] != '\0' ? called(args[0]) : _("value");
	else if (strcmp(code, "case.state") == 0)
		args[0] = refusal_state(args[0]);
	else if (strcmp(code, "post.not_holder") == 0 && *args[1] == '\0')
		args[1] = _("nobody");
	expand(text, args, buf, size);
	return buf;
}

char *refusal_reply(const struct reply *r, char *buf, size_t size)
{
	return refusal_say(reply_code(r), reply_arg(r, 1), reply_arg(r, 2), reply_arg(r, 3), buf, size);
}
