/* The table of commands: see command.h. Order is that of bar, help and palette. */
#include "client/screen/command.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "client/ui/lang.h"

/* Where F6 to F8 are parallel review, posts and whereabouts; on screens with other uses for them the menu has those. */
enum { ON_TOP = ON_QUEUE | ON_SEARCH | ON_RECORDS | ON_DAYS | ON_VISIT };

/* clang-format off */
static const struct command table[] = {
    {.request = REQ_HELP, .key = K_F1, .on = ON_ANY & ~(uint64_t)ON_HELP, .bar = ON_ANY & ~(uint64_t)(ON_HELP | ON_LOCK), .label = N_("Help"), .initials = "bz", .help = N_("all keys of this screen")},
    {.request = REQ_HELP, .key = K_TEXT, .letter = '?', .on = ON_QUEUE | ON_CASE | ON_VISITS | ON_PROOF | ON_DAYS | ON_FLOOR | ON_REVIEWS | ON_REVIEW, .help = N_("all keys of this screen"), .label = N_("Help")},
    {.request = REQ_NEW, .key = K_F2, .on = ON_QUEUE | ON_SEARCH | ON_CASE | ON_FINDER | ON_PRINTS, .bar = ON_QUEUE | ON_SEARCH | ON_CASE, .label = N_("New"), .initials = "sj", .also = "sl", .takes = TAKES_ITEM, .help = N_("take in an application: scan or type an ID first, or look for the item at once")},
    {.request = REQ_PARTIES, .key = K_F2, .on = ON_INTAKE, .bar = ON_INTAKE, .label = N_("Parties"), .initials = "dsr", .help = N_("further applicants, a minor's guardian, an organisation's legal representative")},
    {.request = REQ_BY_HAND, .key = K_NONE, .on = ON_QUEUE | ON_FINDER | ON_INTAKE | ON_SEARCH | ON_CASE, .label = N_("From a paper"), .initials = "bl", .help = N_("key in what was received by hand while the line was down: every term runs from the paper's time")},
    {.request = REQ_QUEUE, .key = K_F3, .on = ON_WORK, .bar = ON_FINDER | ON_SEARCH | ON_PRINTS, .label = N_("To do"), .initials = "db", .help = N_("open cases of the posts held now, most urgent first")},
    {.request = REQ_FIND, .key = K_F4, .on = ON_WORK, .bar = ON_QUEUE | ON_FINDER | ON_SEARCH | ON_CASE, .label = N_("Find"), .initials = "cx", .takes = TAKES_CASE, .help = N_("find a case: 4 digits of its number, of an ID or phone, 2 characters or 3 initials of a name")},
    {.request = REQ_FIND, .key = K_TEXT, .letter = '/', .on = ON_QUEUE | ON_CASE, .label = N_("Find"), .help = N_("find a case")},
    {.request = REQ_CORRECT, .key = K_F5, .on = ON_INTAKE | ON_HANDLE | ON_CASE, .bar = ON_INTAKE | ON_HANDLE, .label = N_("Tell once"), .initials = "gz", .help = N_("ask for everything missing or defective, once: prints the one-time notice")},
    {.request = REQ_DEPARTMENT, .key = K_F6, .on = ON_FINDER, .bar = ON_FINDER, .label = N_("Department"), .initials = "bm", .help = N_("only items of one department")},
    {.request = REQ_MATERIALS, .key = K_F6, .on = ON_INTAKE, .bar = ON_INTAKE, .label = N_("Materials"), .initials = "cl", .help = N_("go to the materials; again: back to the applicant")},
    {.request = REQ_MINE, .key = K_F7, .on = ON_FINDER, .bar = ON_FINDER, .label = N_("Mine"), .initials = "wd", .help = N_("only items my posts receive; again: all items")},
    {.request = REQ_NOTE, .key = K_F7, .on = ON_INTAKE | ON_HANDLE | ON_OUTCOME, .bar = ON_INTAKE | ON_HANDLE, .label = N_("Note"), .initials = "sm", .help = N_("write what exactly to do about this material, or by when it follows")},
    {.request = REQ_PAPERS, .key = K_F6, .on = ON_CASE, .bar = ON_CASE, .label = N_("Papers"), .initials = "fj", .help = N_("attachments of the case and originals the window keeps")},
    {.request = REQ_ANOTHER, .key = K_F7, .on = ON_CASE, .bar = ON_CASE, .label = N_("Another"), .initials = "zb", .help = N_("another item for this visitor: the same applicant and agent, one receipt for all")},
    {.request = REQ_PRINT, .key = K_F8, .on = ON_CASE, .bar = ON_CASE, .label = N_("Print"), .initials = "dy", .help = N_("print the selected notice, again if need be")},
    {.request = REQ_CAME_OUT, .key = K_F5, .on = ON_PRINTS, .bar = ON_PRINTS, .label = N_("Came out"), .initials = "cz", .help = N_("record that a paper whose end is unknown came out")},
    {.request = REQ_NOT_OUT, .key = K_F6, .on = ON_PRINTS, .bar = ON_PRINTS, .label = N_("Cancel"), .initials = "qxdy", .help = N_("cancel a printing that is held up, or record that a paper did not come out")},
    {.request = REQ_PRINTER, .key = K_F7, .on = ON_PRINTS, .bar = ON_PRINTS, .label = N_("Printer"), .initials = "dyj", .help = N_("print at another printer of this window")},
    {.request = REQ_PRINT, .key = K_F8, .on = ON_PRINTS, .bar = ON_PRINTS, .label = N_("Print"), .initials = "dy", .help = N_("print this paper, or print it again: a reprint is marked")},
    {.request = REQ_PRINT, .key = K_F8, .on = ON_FINDER, .bar = ON_FINDER, .label = N_("Print guide"), .initials = "dyzn", .help = N_("print the guide of this item")},
    {.request = REQ_PRINT, .key = K_F8, .on = ON_INTAKE, .label = N_("Receipt"), .initials = "sjpz", .help = N_("only take in, and print the receipt: accept it or ask for what is missing within the term")},
    {.request = REQ_NOTICES, .key = K_NONE, .on = ON_WORK, .label = N_("Notices"), .initials = "dy", .takes = TAKES_CASE, .help = N_("open a case at its notices, to print one: dy and digits of its number")},
    {.request = REQ_ADVANCE, .key = K_NONE, .on = ON_CASE, .label = N_("Step on"), .initials = "xyb", .help = N_("on to the next step of the procedure, whose post holds the case then")},
    {.request = REQ_SEND_BACK, .key = K_NONE, .on = ON_CASE, .label = N_("Send back"), .initials = "th", .help = N_("back to an earlier step, with reason; the total clock runs on")},
    {.request = REQ_GRANT, .key = K_NONE, .on = ON_CASE, .label = N_("Grant"), .initials = "zy", .help = N_("grant it, at the deciding step: prints the decision")},
    {.request = REQ_REFUSE, .key = K_NONE, .on = ON_CASE, .label = N_("Refuse"), .initials = "byxk", .help = N_("refuse it, at the deciding step: files it, then prints the decision")},
    {.request = REQ_CLOSE, .key = K_NONE, .on = ON_CASE, .label = N_("Close"), .initials = "bj", .help = N_("close what is decided: whether in time is recorded, prints the notice")},
    {.request = REQ_DELIVER, .key = K_NONE, .on = ON_CASE, .label = N_("Deliver"), .initials = "sd", .help = N_("hand the result over: prints the receipt of delivery")},
    {.request = REQ_SUSPEND, .key = K_NONE, .on = ON_CASE, .label = N_("Stop clocks"), .initials = "tbcx", .also = "tb", .help = N_("a lawful special procedure stops the clocks: prints the notice")},
    {.request = REQ_RESUME, .key = K_NONE, .on = ON_CASE, .label = N_("Run on"), .initials = "hf", .help = N_("the special procedure is over, the clocks run on")},
    {.request = REQ_EXTEND, .key = K_NONE, .on = ON_CASE, .label = N_("Extend"), .initials = "yq", .help = N_("chief representative: a longer limit, once, before it runs out: prints the notice")},
    {.request = REQ_EXPEDITE, .key = K_NONE, .on = ON_CASE, .label = N_("Expedite"), .initials = "lstd", .help = N_("supervisor: a shorter promise")},
    {.request = REQ_FORWARD, .key = K_NONE, .on = ON_CASE, .label = N_("Send up"), .initials = "sb", .help = N_("to a higher authority, whose time is not charged")},
    {.request = REQ_TRACK, .key = K_NONE, .on = ON_CASE, .label = N_("News"), .initials = "sbgz", .help = N_("how a case that was sent up stands there")},
    {.request = REQ_RETURN, .key = K_NONE, .on = ON_CASE, .label = N_("Answer above"), .initials = "sjdf", .help = N_("the higher authority's answer: the clocks run on")},
    {.request = REQ_FEE_ASK, .key = K_NONE, .on = ON_CASE, .label = N_("Ask fee"), .initials = "sf", .help = N_("ask the published fee: prints the payment notice")},
    {.request = REQ_FEE_REDUCE, .key = K_NONE, .on = ON_CASE, .label = N_("Reduce fee"), .initials = "jm", .help = N_("take something off the fee, with approval and reason")},
    {.request = REQ_FEE_PAY, .key = K_NONE, .on = ON_CASE, .label = N_("Fee paid"), .initials = "jf", .help = N_("the fee is paid: the number of the bank window's receipt")},
    {.request = REQ_FEE_CANCEL, .key = K_NONE, .on = ON_CASE, .label = N_("Cancel fee"), .initials = "qxsf", .help = N_("a fee that was asked is asked no more; its notice is void, and kept")},
    {.request = REQ_PROOF, .key = K_CTRL, .letter = 'd', .on = ON_CASE | ON_QUEUE, .label = N_("Limits"), .initials = "qx", .help = N_("prove when a limit ends: every date of it, counted or not and why, by which calendar")},
    {.request = REQ_PRINT, .key = K_F8, .on = ON_PROOF, .bar = ON_PROOF, .label = N_("Print"), .initials = "dy", .help = N_("print the proof that is shown")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_PROOF, .bar = ON_PROOF, .label = N_("Pages"), .help = N_("the next limit: the promise, by law, of the step, the term of receiving or answering (also ← →)")},
    {.request = REQ_DAYS, .key = K_CTRL, .letter = 'y', .on = ON_QUEUE, .label = N_("Due days"), .initials = "dqr", .help = N_("what falls due on which day; Enter opens the queue of a day")},
    {.request = REQ_DAYS, .key = K_NONE, .on = ON_WORK & ~(uint64_t)ON_QUEUE, .label = N_("Due days"), .initials = "dqr", .help = N_("what falls due on which day; Enter opens the queue of a day")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_QUEUE, .label = N_("Lists"), .help = N_("next list of the queue: all, urgent, waiting for the applicant, standing still, and so on (also ← →)")},
    {.request = REQ_LIST_URGENT, .key = K_NONE, .on = ON_WORK, .label = N_("Urgent"), .initials = "jj", .help = N_("cases of the posts held now that are yellow or red by any of their clocks")},
    {.request = REQ_LIST_CORRECTING, .key = K_NONE, .on = ON_WORK, .label = N_("Correcting"), .initials = "dbz", .help = N_("cases that wait for the applicant to bring what the one-time notice asks for")},
    {.request = REQ_LIST_STOPPED, .key = K_NONE, .on = ON_WORK, .label = N_("Stopped"), .initials = "tbj", .help = N_("cases whose clocks stand still for a special procedure or a correction")},
    {.request = REQ_LIST_FORWARDED, .key = K_NONE, .on = ON_WORK, .label = N_("Sent up"), .initials = "sbz", .help = N_("cases that are with a higher authority")},
    {.request = REQ_LIST_CLOSE, .key = K_NONE, .on = ON_WORK, .label = N_("To close"), .initials = "dbj", .help = N_("cases that are decided and wait to be closed")},
    {.request = REQ_LIST_DELIVER, .key = K_NONE, .on = ON_WORK, .label = N_("To deliver"), .initials = "dsd", .help = N_("results and refusals that are to be handed to the applicant, the soonest first")},
    {.request = REQ_VISIT, .key = K_CTRL, .letter = 't', .on = ON_WORK & ~(uint64_t)ON_VISIT, .bar = ON_QUEUE | ON_VISITS, .label = N_("Visit"), .initials = "sw", .help = N_("record a visitor: what was asked, and whether it was answered, pointed to a window or handed over")},
    {.request = REQ_VISITS, .key = K_F5, .on = ON_QUEUE, .bar = ON_QUEUE, .label = N_("Visits"), .initials = "swdj", .help = N_("first contacts still open, and those another post asks you to take")},
    {.request = REQ_VISITS, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_QUEUE | ON_VISITS), .label = N_("First contacts"), .initials = "swdj", .help = N_("first contacts still open, and those another post asks you to take")},
    {.request = REQ_JOINT, .key = K_CTRL, .letter = 'b', .on = ON_CASE, .label = N_("Joint"), .initials = "zbkb", .help = N_("the lead's board of a joint case: every department, its check and opinion, time left")},
    {.request = REQ_JOINT, .key = K_F6, .on = ON_PROJECT, .bar = ON_PROJECT, .label = N_("Joint"), .initials = "zbkb", .help = N_("the lead's board of the stage at the cursor: every department, its check and opinion, time left")},
    {.request = REQ_MEETINGS, .key = K_F2, .on = ON_JOINT | ON_REVIEWS, .bar = ON_JOINT | ON_REVIEWS, .label = N_("Meetings"), .initials = "hy", .help = N_("meetings and site visits, of the case or those to come: the call and who signed for it, attendance, opinions on the spot, minutes")},
    {.request = REQ_CORRECT, .key = K_F5, .on = ON_JOINT, .bar = ON_JOINT, .label = N_("Tell once"), .initials = "gz", .help = N_("what all departments ask for in one notice, to be looked through before it is sent; during review a second notice needs an exception")},
    {.request = REQ_CASE, .key = K_F6, .on = ON_JOINT, .bar = ON_JOINT, .label = N_("Case"), .initials = "ckbj", .help = N_("the case itself: facts, materials, notices, history")},
    {.request = REQ_REJECT, .key = K_F7, .on = ON_JOINT, .bar = ON_JOINT, .label = N_("Reject"), .initials = "thyq", .help = N_("reject the correction the department at the cursor wants, with the reason")},
    {.request = REQ_EXCEPT, .key = K_F8, .on = ON_JOINT, .bar = ON_JOINT, .label = N_("Exception"), .initials = "qszr", .help = N_("ask the hall's director to allow granting although somebody disagrees or is silent (PAR-8)")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_JOINT, .bar = ON_JOINT, .label = N_("Go on"), .initials = "jx", .help = N_("the next step, whatever the case waits for: accept, advance, decide, close, deliver")},
    {.request = REQ_MEETINGS, .key = K_CTRL, .letter = 'k', .on = ON_CASE, .label = N_("Meetings"), .initials = "hy", .help = N_("a joint case: its meetings and site visits; who leads it calls one there (PAR-5)")},
    {.request = REQ_MEETINGS, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_MEETINGS | ON_JOINT | ON_REVIEWS | ON_CASE), .label = N_("Meetings"), .initials = "hy", .help = N_("meetings and site visits to come: those one is called to, those one leads")},
    {.request = REQ_CALL_MEETING, .key = K_F2, .on = ON_MEETINGS, .bar = ON_MEETINGS, .label = N_("Call"), .initials = "zjhy", .help = N_("call the departments of the case to a meeting, a site visit or an acceptance: prints the call")},
    {.request = REQ_SHEET, .key = K_F7, .on = ON_MEETINGS, .bar = ON_MEETINGS, .label = N_("Papers made"), .initials = "hqyjb", .also = "lzd", .help = N_("the sheet of all opinions of the case, or the circulation slip, which says where its papers are")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_MEETINGS, .bar = ON_MEETINGS, .label = N_("Lists"), .help = N_("meetings one is called to; those of cases one leads")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_MEETING, .bar = ON_MEETING, .label = N_("All"), .help = N_("everything of the meeting, however long: what, where, about what, with what result")},
    {.request = REQ_SIGN_CALL, .key = K_F5, .on = ON_MEETING, .bar = ON_MEETING, .label = N_("Sign"), .initials = "qs", .help = N_("sign for the call, for every post called that one holds: from then absence counts")},
    {.request = REQ_MOVE_MEETING, .key = K_F6, .on = ON_MEETING, .bar = ON_MEETING, .label = N_("Move"), .initials = "gq", .help = N_("another time or place: called in writing anew, signed for anew")},
    {.request = REQ_CALL_OFF, .key = K_F7, .on = ON_MEETING, .bar = ON_MEETING, .label = N_("Call off"), .initials = "qxhy", .help = N_("call the meeting off, with the reason")},
    {.request = REQ_PRESENT, .key = K_TEXT, .letter = ' ', .on = ON_MEETING, .bar = ON_MEETING, .label = N_("Present"), .initials = "qd", .help = N_("attendance of the department at the cursor: who came, the next one who may, nobody")},
    {.request = REQ_AGREE_THERE, .key = K_TEXT, .letter = '1', .on = ON_MEETING, .label = N_("Agree"), .help = N_("write down that the department at the cursor agrees; Enter: any other opinion")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_MEETING, .bar = ON_MEETING, .label = N_("Minutes"), .initials = "jy", .help = N_("write the minutes: the meeting is over; who was called in time and stayed away is deemed to agree where silence counts")},
    {.request = REQ_SILENCES, .key = K_F5, .on = ON_REVIEWS, .bar = ON_REVIEWS, .label = N_("Silence"), .initials = "csmr", .help = N_("whole decisions by silence: of one's posts, tonight's; the written decision that is to follow (DEEM-5)")},
    {.request = REQ_SILENCES, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_SILENCES | ON_REVIEWS), .label = N_("Silence"), .initials = "csmr", .help = N_("whole decisions by silence: of one's posts, tonight's; the written decision that is to follow (DEEM-5)")},
    {.request = REQ_LICENCE, .key = K_F5, .on = ON_SILENCES, .bar = ON_SILENCES, .label = N_("Old licence"), .initials = "yxkz", .help = N_("a renewal: name the licence it renews and its last day; when it expires undecided silence grants (DEEM-5)")},
    {.request = REQ_LICENCE, .key = K_NONE, .on = ON_CASE, .label = N_("Old licence"), .initials = "yxkz", .help = N_("a renewal: name the licence it renews and its last day; when it expires undecided silence grants (DEEM-5)")},
    {.request = REQ_FOLLOW, .key = K_F10, .on = ON_SILENCES, .bar = ON_SILENCES, .label = N_("File decision"), .initials = "bjd", .help = N_("file the written decision to what silence granted, within a working day (DEEM-3)")},
    {.request = REQ_FOLLOW, .key = K_NONE, .on = ON_CASE, .label = N_("File decision"), .initials = "bjd", .help = N_("file the written decision to what silence granted, within a working day (DEEM-3)")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_SILENCES, .bar = ON_SILENCES, .label = N_("Lists"), .help = N_("what silence will grant, or granted: of the posts one holds; tonight's of the whole hall")},
    {.request = REQ_PROJECTS, .key = K_NONE, .on = ON_WORK & ~(uint64_t)ON_PROJECTS, .label = N_("Projects"), .initials = "jsxm", .help = N_("construction projects and the stage each is at; enter one, receive its next stage")},
    {.request = REQ_NEW_PROJECT, .key = K_F2, .on = ON_PROJECTS, .bar = ON_PROJECTS, .label = N_("New project"), .initials = "djxm", .help = N_("enter a construction project")},
    {.request = REQ_STAGE, .key = K_F2, .on = ON_PROJECT, .bar = ON_PROJECT, .label = N_("Take in"), .initials = "sj", .help = N_("take in the next stage of the project, which the rules name")},
    {.request = REQ_STAGE, .key = K_CTRL, .letter = 'b', .on = ON_INTAKE, .label = N_("Project"), .initials = "xm", .help = N_("a joint item: the project its stage is received for, and which reviews this case needs")},
    {.request = REQ_TAKE, .key = K_CTRL, .letter = 'g', .on = ON_ANY & ~(uint64_t)(ON_LOGIN | ON_LOCK), .label = N_("Take"), .initials = "dg", .help = N_("take the empty post that the status line offers, or ask for one's own back; what is being typed stays as it is")},
    {.request = REQ_HAND_POST, .key = K_F2, .on = ON_DUTY, .bar = ON_DUTY, .label = N_("Hand on"), .initials = "yjgw", .help = N_("hand this post over: to whom, from when until when, its cases with a note each, papers and seals")},
    {.request = REQ_HAND_POST, .key = K_F5, .on = ON_LEAVES, .bar = ON_LEAVES, .label = N_("Hand on"), .initials = "yjgw", .help = N_("hand one's posts over for this absence: its times and reason are filled in; cancelled, it cancels them")},
    {.request = REQ_DONE, .key = K_NONE, .on = ON_WORK & ~(uint64_t)ON_DUTY, .label = N_("Work"), .initials = "blqk", .help = N_("what was done as one's post, the newest first: after a return what B did meanwhile")},
    {.request = REQ_HAND_POST, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_DUTY | ON_LEAVES), .label = N_("Hand on"), .initials = "yjgw", .help = N_("hand this post over: to whom, from when until when, its cases with a note each, papers and seals")},
    {.request = REQ_AWAY, .key = K_F2, .on = ON_BOARD, .bar = ON_BOARD, .label = N_("Leave"), .initials = "wc", .help = N_("leave the window for a while: the board says where to and until when, the sign is printed")},
    {.request = REQ_ASK_LEAVE, .key = K_F2, .on = ON_LEAVES, .bar = ON_LEAVES, .label = N_("Ask"), .initials = "sqqj", .help = N_("ask for leave, a trip, training; who decides sees it at once")},
    {.request = REQ_GIVE_POST, .key = K_F5, .on = ON_DUTY, .bar = ON_DUTY, .label = N_("Return"), .initials = "jhgw", .help = N_("give back a post held as B: to A, or it is offered to the others")},
    {.request = REQ_GIVE_POST, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_DUTY | ON_HANDOVER), .label = N_("Return"), .initials = "jhgw", .help = N_("give back a post held as B: to A, or it is offered to the others")},
    {.request = REQ_ASSIGN, .key = K_F5, .on = ON_POST, .bar = ON_POST, .label = N_("Set place"), .initials = "szab", .help = N_("chief representative: who is A, B1, B2 of this post")},
    {.request = REQ_GIVE_POST, .key = K_F5, .on = ON_HANDOVER, .bar = ON_HANDOVER, .label = N_("Return early"), .initials = "tqjh", .help = N_("return the post before the end, with a word about what was done")},
    {.request = REQ_SIGN_OUT, .key = K_F5, .on = ON_BOARD, .bar = ON_BOARD, .label = N_("Sign out"), .initials = "qtui", .help = N_("sign out: the half day is over for oneself")},
    {.request = REQ_SCOPE, .key = K_F6, .on = ON_DUTY | ON_BOARD | ON_HANDOVERS | ON_ATTENDANCE, .bar = ON_DUTY | ON_BOARD | ON_HANDOVERS | ON_ATTENDANCE, .label = N_("Hall"), .initials = "qt", .help = N_("the whole hall's; again: one's own, or the department's")},
    {.request = REQ_APPOINT, .key = K_F6, .on = ON_POST, .bar = ON_POST, .label = N_("Appoint"), .initials = "zdgl", .help = N_("supervisor: who holds this post from now on, whoever does now")},
    {.request = REQ_CHANGE, .key = K_F6, .on = ON_HANDOVER | ON_LEAVES, .bar = ON_HANDOVER | ON_LEAVES, .label = N_("Change"), .initials = "bg", .help = N_("another time, or another one who takes over")},
    {.request = REQ_REVIEWS, .key = K_F6, .on = ON_TOP, .bar = ON_QUEUE, .label = N_("Joint"), .initials = "blsp", .help = N_("parallel review: what waits for one's posts, the joint cases one leads, what silence would decide tonight")},
    {.request = REQ_DUTY, .key = K_F7, .on = ON_TOP | ON_BOARD | ON_LEAVES | ON_ATTENDANCE | ON_POST, .bar = ON_QUEUE | ON_BOARD, .label = N_("Posts"), .initials = "gw", .help = N_("one's posts and the hall's: who holds each, as whom one acts; take one, give it back, hand it over")},
    {.request = REQ_HANDOVERS, .key = K_F7, .on = ON_DUTY, .bar = ON_DUTY, .label = N_("Handovers"), .initials = "jjd", .help = N_("handovers of one's posts: what waits to be confirmed, what is planned, running, over")},
    {.request = REQ_BOARD, .key = K_F8, .on = ON_TOP | ON_DUTY, .bar = ON_QUEUE | ON_DUTY, .label = N_("Where"), .initials = "ryqx", .help = N_("who is where and until when; sign in and out, leave the window and come back")},
    {.request = REQ_NOTE, .key = K_F7, .on = ON_HANDOVER, .bar = ON_HANDOVER, .label = N_("Note"), .initials = "sm", .help = N_("what the other one must know about this case, new or put right: it is confirmed anew")},
    {.request = REQ_PRINT, .key = K_F8, .on = ON_HANDOVER, .bar = ON_HANDOVER, .label = N_("Print"), .initials = "dy", .help = N_("print the handover slip, with both names")},
    {.request = REQ_LEAVES, .key = K_F8, .on = ON_BOARD, .bar = ON_BOARD, .label = N_("Requests"), .initials = "qj", .help = N_("leave and other absences: one's own requests, those to decide, the department's")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_DUTY, .bar = ON_DUTY, .label = N_("Take"), .initials = "jx", .help = N_("take the selected post, if it is empty; ask for it back, if one is its A and another holds it")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_HANDOVER, .bar = ON_HANDOVER, .label = N_("Confirm all"), .initials = "jx", .help = N_("confirm everything not confirmed yet; Space confirms the selected one")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_HANDING, .bar = ON_HANDING, .label = N_("Plan it"), .initials = "jx", .help = N_("plan the handover: the other one is asked to confirm at once")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_BOARD, .bar = ON_BOARD, .label = N_("Sign in"), .initials = "jx", .help = N_("about oneself: sign in, or come back")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_LEAVES, .bar = ON_LEAVES, .label = N_("Decide"), .initials = "jx", .help = N_("grant or deny what waits for one's own answer")},
    {.request = REQ_DROP, .key = K_DELETE, .on = ON_HANDOVER | ON_LEAVES, .bar = ON_HANDOVER | ON_LEAVES, .label = N_("Cancel"), .initials = "qx", .help = N_("cancel it, with a reason")},
    {.request = REQ_ATTENDANCE, .key = K_TAB, .on = ON_BOARD, .bar = ON_BOARD, .label = N_("Sheet"), .initials = "kq", .help = N_("who signed in and out, late, early or not at all; arrows change the day")},
    {.request = REQ_DONE, .key = K_TAB, .on = ON_DUTY, .bar = ON_DUTY, .label = N_("Work"), .initials = "blqk", .help = N_("what was done as this post, the newest first: after a return what B did meanwhile")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_POST | ON_LEAVES, .bar = ON_POST | ON_LEAVES, .label = N_("Pages"), .help = N_("the next page (also ← →)")},
    {.request = REQ_DUTY, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_TOP | ON_DUTY | ON_BOARD | ON_LEAVES | ON_ATTENDANCE | ON_POST), .label = N_("Posts"), .initials = "gw", .help = N_("one's posts and the hall's: who holds each, as whom one acts; take one, give it back, hand it over")},
    {.request = REQ_BOARD, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_TOP | ON_DUTY | ON_BOARD), .label = N_("Where"), .initials = "ryqx", .help = N_("who is where and until when; sign in and out, leave the window and come back")},
    {.request = REQ_HANDOVERS, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_DUTY | ON_HANDOVERS), .label = N_("Handovers"), .initials = "jjd", .help = N_("handovers of one's posts: what waits to be confirmed, what is planned, running, over")},
    {.request = REQ_AWAY, .key = K_NONE, .on = ON_WORK & ~(uint64_t)ON_BOARD, .label = N_("Leave"), .initials = "wc", .help = N_("leave the window for a while: the board says where to and until when, the sign is printed")},
    {.request = REQ_SIGN_OUT, .key = K_NONE, .on = ON_WORK & ~(uint64_t)ON_BOARD, .label = N_("Sign out"), .initials = "qtui", .help = N_("sign out: the half day is over for oneself")},
    {.request = REQ_SIGN_IN, .key = K_NONE, .on = ON_WORK, .label = N_("Sign in"), .initials = "qd", .help = N_("sign in for this half day; the posts one is A of and nobody holds are one's own then")},
    {.request = REQ_COME_BACK, .key = K_NONE, .on = ON_WORK, .label = N_("Come back"), .initials = "hg", .help = N_("back at the window after being away")},
    {.request = REQ_PRINT, .key = K_NONE, .on = ON_BOARD, .label = N_("Print sign"), .initials = "dy", .help = N_("print one's away sign once more")},
    {.request = REQ_LEAVES, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_BOARD | ON_LEAVES), .label = N_("Requests"), .initials = "qj", .help = N_("leave and other absences: one's own requests, those to decide, the department's")},
    {.request = REQ_ASK_LEAVE, .key = K_NONE, .on = ON_WORK & ~(uint64_t)ON_LEAVES, .label = N_("Ask for leave"), .initials = "sqqj", .help = N_("ask for leave, a trip, training; who decides sees it at once")},
    {.request = REQ_REVIEWS, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_TOP | ON_REVIEWS), .label = N_("Joint"), .initials = "blsp", .help = N_("parallel review: what waits for one's posts, the joint cases one leads, what silence would decide tonight")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_REVIEWS, .bar = ON_REVIEWS, .label = N_("Lists"), .help = N_("parallel review: what waits for one's posts, the joint cases one leads, tonight (also ← →, F6)")},
    {.request = REQ_PAPERS, .key = K_F6, .on = ON_REVIEW, .bar = ON_REVIEW, .label = N_("Papers"), .initials = "fj", .help = N_("attachments of the case and originals the window keeps")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_REVIEW, .bar = ON_REVIEW, .label = N_("Pages"), .help = N_("a review: itself, the papers, the other departments, what was asked for (also ← →)")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_REVIEW, .bar = ON_REVIEW, .label = N_("Answer"), .initials = "sc", .help = N_("answer the review, as keys 1 to 5 do at once")},
    {.request = REQ_PHRASE, .key = K_F7, .on = ON_OPINION, .bar = ON_OPINION, .label = N_("Phrases"), .help = N_("an opinion: the next phrase that is written often")},
    {.request = REQ_PANE, .key = K_F6, .on = ON_REVIEWS, .label = N_("Lists"), .help = N_("parallel review: what waits for one's posts, the joint cases one leads, tonight (also ← →, F6)")},
    {.request = REQ_ATTENDANCE, .key = K_NONE, .on = ON_WORK & ~(uint64_t)(ON_BOARD | ON_ATTENDANCE), .label = N_("Attendance"), .initials = "kq", .help = N_("who signed in and out, late, early or not at all; arrows change the day")},
    {.request = REQ_HAND, .key = K_F5, .on = ON_VISIT | ON_VISITS, .bar = ON_VISIT | ON_VISITS, .label = N_("Hand over"), .initials = "zj", .help = N_("hand the visitor over to another post, which must confirm")},
    {.request = REQ_POINT, .key = K_F8, .on = ON_VISITS, .bar = ON_VISITS, .label = N_("Point"), .initials = "zy", .help = N_("point the visitor to a post's window, by number and place, and close it (FST-1)")},
    {.request = REQ_SCOPE, .key = K_F6, .on = ON_VISITS, .bar = ON_VISITS, .label = N_("Hall"), .initials = "qt", .help = N_("supervisors: the whole hall's, those not closed by the end of their day, one's own")},
    {.request = REQ_DAY, .key = K_F7, .on = ON_VISITS, .bar = ON_VISITS, .label = N_("Today"), .initials = "jr", .help = N_("all of today, closed ones too")},
    {.request = REQ_PRINT, .key = K_F5, .on = ON_PAPERS, .bar = ON_PAPERS, .label = N_("Slip"), .initials = "dyqd", .help = N_("print the paper that tells of the selected original: the receipt or slip of its keeping, the slip of its return")},
    {.request = REQ_ATTACH, .key = K_F6, .on = ON_PAPERS, .bar = ON_PAPERS, .label = N_("Attach"), .initials = "fj", .help = N_("attach a scan: a PDF or JPEG file of the scan folder, or of a path")},
    {.request = REQ_KEEP, .key = K_F7, .on = ON_PAPERS, .bar = ON_PAPERS, .label = N_("Keep original"), .initials = "yjlc", .help = N_("list an original that the window keeps")},
    {.request = REQ_GIVE_BACK, .key = K_F8, .on = ON_PAPERS, .bar = ON_PAPERS, .label = N_("Give back"), .initials = "yjth", .help = N_("return the selected original to who signs for it")},
    {.request = REQ_EXPORT, .key = K_NONE, .on = ON_PAPERS, .label = N_("Export"), .initials = "dc", .help = N_("write the selected attachment to a folder")},
    {.request = REQ_VOID_PAPER, .key = K_DELETE, .on = ON_PAPERS, .label = N_("Void"), .initials = "zf", .help = N_("mark the selected attachment void, with the reason; it is kept")},
    {.request = REQ_REVEAL, .key = K_NONE, .on = ON_CASE, .label = N_("Unmask"), .initials = "xs", .help = N_("show this case's personal data until it is left; a reason is asked and kept in its history")},
    {.request = REQ_SERVICE, .key = K_NONE, .on = ON_CASE, .label = N_("Agent service"), .initials = "dbfw", .help = N_("log a visit or call made for the applicant; the first entry names who accompanies the case")},
    {.request = REQ_DECLINE, .key = K_F8, .on = ON_HANDLE, .bar = ON_HANDLE, .label = N_("Decline"), .initials = "bysl", .help = N_("decline the application: files it, then prints the notice")},
    {.request = REQ_DECLINE, .key = K_CTRL, .letter = 'n', .on = ON_INTAKE | ON_CASE, .bar = ON_INTAKE, .label = N_("Decline"), .initials = "bysl", .help = N_("decline the application: files it, then prints the notice")},
    {.request = REQ_WITHDRAW, .key = K_NONE, .on = ON_CASE, .label = N_("Withdraw"), .initials = "ch", .help = N_("the applicant withdraws by a signed request: ends the case")},
    {.request = REQ_AMEND, .key = K_NONE, .on = ON_CASE, .label = N_("Amend"), .initials = "xg", .help = N_("put typing mistakes right; papers that show them are issued anew")},
    {.request = REQ_VOID, .key = K_NONE, .on = ON_CASE, .label = N_("Void"), .initials = "zf", .help = N_("void the selected notice: issue it anew, or take back what it decided")},
    {.request = REQ_POST, .key = K_F6, .on = ON_OUTCOME, .bar = ON_OUTCOME, .label = N_("Post"), .help = N_("a decline: the post of the hall whose matter it is; an amendment: the materials")},
    {.request = REQ_EXCEPTIONS, .key = K_NONE, .on = ON_WORK, .label = N_("Exceptions"), .initials = "lw", .help = N_("exceptions asked and answered; Enter answers one that waits for you")},
    {.request = REQ_NEGATIVES, .key = K_NONE, .on = ON_WORK, .label = N_("Negatives"), .initials = "fdbb", .help = N_("every no of the department, with facts and legal basis")},
    {.request = REQ_NEGATIVE, .key = K_F2, .on = ON_RECORDS, .bar = ON_RECORDS, .label = N_("Enter a no"), .initials = "djfd", .help = N_("the register: enter a no by hand, such as what cannot be finished in time")},
    {.request = REQ_NEGATIVE, .key = K_NONE, .on = ON_CASE, .label = N_("Enter a no"), .initials = "djfd", .help = N_("enter a no of this case in the register by hand, such as what cannot be finished in time")},
    {.request = REQ_LATE, .key = K_NONE, .on = ON_WORK, .label = N_("Keyed in late"), .initials = "cslr", .help = N_("papers received by hand and keyed in late: of the posts held now; supervisors: all")},
    {.request = REQ_SERVICES, .key = K_NONE, .on = ON_WORK, .label = N_("Accompanied"), .initials = "wddb", .help = N_("agent service: the open cases one accompanies, with the last entry of each")},
    {.request = REQ_PALETTE, .key = K_F9, .on = ON_WORK, .bar = ON_WORK, .label = N_("Menu"), .help = N_("every command by name or initials, with its key")},
    {.request = REQ_PALETTE, .key = K_CTRL, .letter = 'p', .on = ON_WORK, .label = N_("Menu"), .help = N_("every command by name or initials, with its key")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_INTAKE, .bar = ON_INTAKE, .label = N_("Accept"), .initials = "sl", .help = N_("take in and accept: prints the acceptance notice")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_HANDLE, .bar = ON_HANDLE, .label = N_("Accept"), .initials = "sl", .help = N_("accept when everything is there; else record what was brought")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_CASE, .bar = ON_CASE, .label = N_("Go on"), .initials = "jx", .help = N_("the next step, whatever the case waits for: accept, advance, decide, close, deliver")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_VISIT, .bar = ON_VISIT, .label = N_("Save"), .initials = "bc", .help = N_("save the first contact")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_VISITS, .bar = ON_VISITS, .label = N_("Go on"), .initials = "jx", .help = N_("take over what another post handed over; tell the result of one's own and close it")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_DIALOG | ON_OUTCOME | ON_OPINION | ON_LOGIN | ON_LOCK, .bar = ON_DIALOG | ON_OUTCOME | ON_OPINION | ON_LOGIN | ON_LOCK, .label = N_("OK"), .help = N_("send what was typed; Enter only goes from field to field")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_QUEUE, .bar = ON_QUEUE, .label = N_("Go on"), .initials = "jx", .help = N_("the next step of the selected case, whatever it waits for: accept, advance, decide, close")},
    {.request = REQ_OPEN, .key = K_ENTER, .on = ON_QUEUE | ON_SEARCH | ON_FINDER | ON_LIST_DIALOG | ON_VISITS | ON_PRINTS | ON_PAPERS | ON_RECORDS | ON_DAYS | ON_DUTY | ON_POST | ON_HANDOVERS | ON_HANDOVER | ON_LEAVES | ON_REVIEWS | ON_JOINT | ON_PROJECTS | ON_PROJECT | ON_MEETINGS | ON_MEETING | ON_SILENCES, .bar = ON_SILENCES | ON_MEETINGS | ON_MEETING | ON_LIST_DIALOG | ON_REVIEWS | ON_PROJECTS | ON_PROJECT | ON_HANDOVERS | ON_SEARCH | ON_FINDER | ON_PAPERS | ON_RECORDS | ON_DAYS, .label = N_("Open"), .help = N_("open the selected row")},
    {.request = REQ_OPEN, .key = K_F10, .on = ON_SEARCH | ON_FINDER | ON_LIST_DIALOG, .label = N_("Open"), .help = N_("open the selected row")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_RECORDS, .bar = ON_RECORDS, .label = N_("Category"), .help = N_("the register: only noes of the next category (also ← →)")},
    {.request = REQ_PANE, .key = K_TAB, .on = ON_CASE, .bar = ON_CASE, .label = N_("Pages"), .help = N_("next page of the case: facts, materials, notices, history (also ← →)")},
    {.request = REQ_THEIRS, .key = K_F6, .on = ON_CONFLICT, .bar = ON_CONFLICT, .label = N_("All saved"), .help = N_("take every row as it is saved now")},
    {.request = REQ_OURS, .key = K_F7, .on = ON_CONFLICT, .bar = ON_CONFLICT, .label = N_("All typed"), .help = N_("keep every row as it was typed here")},
    {.request = REQ_COMMIT, .key = K_F10, .on = ON_CONFLICT, .bar = ON_CONFLICT, .label = N_("Take marked"), .help = N_("back to the form with what is marked")},
    {.request = REQ_OPEN, .key = K_ENTER, .on = ON_DRAFTS, .bar = ON_DRAFTS, .label = N_("Carry on"), .help = N_("go on with the selected draft")},
    {.request = REQ_OPEN, .key = K_F10, .on = ON_DRAFTS, .label = N_("Carry on"), .help = N_("go on with the selected draft")},
    {.request = REQ_DROP, .key = K_DELETE, .on = ON_DRAFTS, .bar = ON_DRAFTS, .label = N_("Drop"), .help = N_("throw the selected draft away")},
    {.request = REQ_DRAFTS, .key = K_NONE, .on = ON_WORK, .label = N_("Drafts"), .initials = "cg", .help = N_("forms left unfinished: go on with one, or drop it")},
    {.request = REQ_REFRESH, .key = K_CTRL, .letter = 'l', .on = ON_ANY, .label = N_("Repaint"), .initials = "sx", .help = N_("read afresh and paint the screen anew")},
    {.request = REQ_PRINTS, .key = K_NONE, .on = ON_WORK, .label = N_("Print queue"), .initials = "dydl", .help = N_("papers still to come out of a printer, and what holds them up")},
    {.request = REQ_LOCK, .key = K_NONE, .on = ON_WORK, .label = N_("Lock"), .initials = "sp", .help = N_("lock the screen; what was typed stays")},
    {.request = REQ_PASSWORD, .key = K_NONE, .on = ON_WORK, .label = N_("Password"), .initials = "mm", .help = N_("change one's own password")},
    {.request = REQ_LOGOUT, .key = K_NONE, .on = ON_WORK, .label = N_("Log out"), .initials = "tc", .help = N_("end the session at this window")},
    {.request = REQ_QUIT, .key = K_CTRL, .letter = 'q', .on = ON_ANY, .bar = ON_LOGIN | ON_LOCK, .label = N_("Quit"), .initials = "lk", .help = N_("log out and leave the program")},
    {.request = REQ_BACK, .key = K_ESC, .on = ON_ANY, .bar = ON_HELP | ON_DIALOG | ON_LIST_DIALOG | ON_PAPERS | ON_CONFLICT | ON_DRAFTS | ON_OUTCOME | ON_QUESTION, .label = N_("Back"), .help = N_("back to where one was")},
};
/* clang-format on */

const struct command *command_at(size_t n)
{
	return n < sizeof table / sizeof *table ? &table[n] : NULL;
}

enum request command_of(uint64_t on, const struct key *k)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct command *c = &table[i];
		if ((c->on & on) == 0 || c->key == K_NONE || c->key != k->code)
			continue;
		if ((c->key == K_TEXT || c->key == K_CTRL) && c->letter != k->text[0])
			continue;
		return c->request;
	}
	return REQ_KEY;
}

int command_bar(uint64_t on, struct bar_key *keys, int max)
{
	int n = 0;
	for (size_t i = 0; i < sizeof table / sizeof *table && n < max; i++) {
		const struct command *c = &table[i];
		if ((c->bar & on) == 0)
			continue;
		key_label(c->key, c->letter, keys[n].key, sizeof keys[n].key);
		keys[n++].label = _(c->label);
	}
	return n;
}

/* How well what was typed names a command: its whole initials or name, a part of them, its description. */
enum fit { FIT_WHOLE, FIT_PART, FIT_HELP, FIT_NONE };

static enum fit fit(const struct command *c, const char *typed)
{
	if (strcasecmp(c->initials, typed) == 0 || (c->also != NULL && strcasecmp(c->also, typed) == 0) ||
	    strcasecmp(_(c->label), typed) == 0)
		return FIT_WHOLE;
	if (strncasecmp(c->initials, typed, strlen(typed)) == 0 || strcasestr(_(c->label), typed) != NULL)
		return FIT_PART;
	return strcasestr(_(c->help), typed) != NULL ? FIT_HELP : FIT_NONE;
}

int command_search(uint64_t on, const char *typed, const struct command **found, int max)
{
	int n = 0;
	/* Best first: Enter does the selected one. */
	for (enum fit best = FIT_WHOLE; best < FIT_NONE; best++)
		for (size_t i = 0; i < sizeof table / sizeof *table && n < max; i++)
			if (table[i].initials != NULL && (table[i].on & on) != 0 &&
			    fit(&table[i], typed) == best)
				found[n++] = &table[i];
	return n;
}

const struct command *command_of_case(const char *typed)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].initials != NULL && (table[i].on & ON_CASE) != 0 &&
		    fit(&table[i], typed) == FIT_WHOLE)
			return &table[i];
	return NULL;
}

const struct command *command_elsewhere(uint64_t on, const char *typed)
{
	const struct command *best;
	if (*typed == '\0' || (command_search(on, typed, &best, 1) == 1 && fit(best, typed) == FIT_WHOLE))
		return NULL;
	return command_of_case(typed);
}

void command_print_mdoc(void)
{
	static const struct {
		uint64_t on;
		const char *name;
	} screens[] = {{ON_QUEUE, "to do"}, {ON_FINDER, "item finder"}, {ON_INTAKE, "intake"},
	    {ON_HANDLE, "materials"}, {ON_SEARCH, "find box"}, {ON_CASE, "case"}, {ON_VISIT, "first contact"},
	    {ON_VISITS, "first contacts"}, {ON_PRINTS, "print queue"}, {ON_PAPERS, "attachments"},
	    {ON_RECORDS, "records"}, {ON_PROOF, "proof"}, {ON_DAYS, "due days"}, {ON_DUTY, "posts"},
	    {ON_POST, "a post"}, {ON_BOARD, "whereabouts"}, {ON_LEAVES, "requests"},
	    {ON_ATTENDANCE, "attendance"}, {ON_HANDOVERS, "handovers"}, {ON_HANDOVER, "a handover"},
	    {ON_HANDING, "handing over"}, {ON_REVIEWS, "joint reviews"}, {ON_REVIEW, "a review"},
	    {ON_JOINT, "a joint case"}, {ON_PROJECTS, "projects"}, {ON_PROJECT, "a project"},
	    {ON_MEETINGS, "meetings"}, {ON_MEETING, "a meeting"}, {ON_SILENCES, "silence"},
	    {ON_OPINION, "an opinion"}, {ON_FORM, "forms"}};
	char key[16];
	puts(".Bl -column \"Ctrl-L\" \"Print guide\" -offset indent\n.It key Ta command Ta what it does");
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct command *c = &table[i];
		if ((c->on & ON_WORK) == 0)
			continue;
		printf(".It %s Ta %s Ta %s",
		    c->key == K_NONE ? "\\(em" : key_label(c->key, c->letter, key, sizeof key), c->label,
		    c->help);
		if ((c->on & ON_WORK) != ON_WORK) {
			const char *sep = " (";
			for (size_t j = 0; j < sizeof screens / sizeof *screens; j++)
				if ((c->on & screens[j].on) != 0) {
					printf("%s%s", sep, screens[j].name);
					sep = ", ";
				}
			putchar(')');
		}
		putchar('\n');
	}
	puts(".El");
}
