/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one state machine of all matters (domain.md 4b.2) as a table: states, verbs, who may, what is
 * needed. The case engine only adds rows, guards and clocks to it; a module never removes a state.
 */

#include "gw-role.h"

G_BEGIN_DECLS

typedef enum
{
  GW_STATE_DRAFT = 1,
  GW_STATE_REPORTED,
  GW_STATE_FILED,
  GW_STATE_WAITING,
  GW_STATE_HANDLING,
  GW_STATE_PAUSED,
  GW_STATE_HANDLED,
  GW_STATE_EVALUATING,
  GW_STATE_CLOSED,
  GW_STATE_ARCHIVED,
  GW_STATE_REJECTED,
  GW_STATE_MERGED,
  GW_N_STATES,
} GwMatterState;

typedef enum
{                         /* closed list; stored as its number, shown by its id */
  GW_VERB_SUBMIT = 1,     /* draft -> reported; also the first entry of a new matter */
  GW_VERB_FILE,           /* reported -> filed */
  GW_VERB_REJECT,         /* reported -> rejected; reason + other way */
  GW_VERB_MERGE,          /* reported -> merged; master */
  GW_VERB_SOLVE,          /* reported -> handled, solved on the spot */
  GW_VERB_DISPATCH,       /* filed -> waiting; lead org */
  GW_VERB_SIGN,           /* waiting -> handling */
  GW_VERB_RETURN,         /* waiting -> filed; reason */
  GW_VERB_DONE,           /* handling -> handled; result */
  GW_VERB_PAUSE,          /* handling -> paused; reason from list, days */
  GW_VERB_RESUME,         /* paused -> handling */
  GW_VERB_ASK_CO,         /* handling -> handling; co-handling org */
  GW_VERB_TRANSFER,       /* handling -> filed; level up or down */
  GW_VERB_SUGGEST_REJECT, /* handling -> filed; reason */
  GW_VERB_PASS,           /* handled -> evaluating */
  GW_VERB_FAIL,           /* handled -> handling; reason */
  GW_VERB_RECORD,  /* evaluating -> closed, or -> handling when dissatisfied and not solved */
  GW_VERB_ARCHIVE, /* closed -> archived */
  GW_VERB_REOPEN,  /* closed/archived -> filed, rejected -> reported; reason */
  GW_VERB_SPLIT,   /* merged -> reported */
  GW_VERB_NOTE,    /* any open state: progress note, no state change */
  GW_VERB_CORRECT, /* any open state: changes own fields, no state change; delta */
  /* entries of the journal that are about more than one matter's state */
  GW_VERB_IMPORT,     /* a batch taken in: one entry for the batch */
  GW_VERB_UNDO_BATCH, /* a batch taken back */
  GW_VERB_WITHDRAW,   /* a matter of an undone batch leaves the lists */
  GW_VERB_EXPORT,     /* rows left the file: purpose, filter, number */
  GW_N_VERBS,
} GwVerb;

typedef enum
{                              /* what the verb must bring, bit set */
  GW_NEEDS_REASON = 1 << 0,    /* free text of at least six characters */
  GW_NEEDS_ORG = 1 << 1,       /* target organisation */
  GW_NEEDS_OTHER_WAY = 1 << 2, /* mediation, arbitration, court, admin_ruling, petition, hotline */
  GW_NEEDS_REASON_CODE = 1 << 3, /* from the verb's list of reasons */
  GW_NEEDS_DAYS = 1 << 4,        /* pause: 1..30 */
  GW_NEEDS_MASTER = 1 << 5,      /* number of the master matter */
  GW_NEEDS_RESULT = 1 << 6,      /* what was done, text */
  GW_NEEDS_ANSWER = 1 << 7,      /* call-back: answer + solved + channel */
  GW_NEEDS_LEVEL = 1 << 8,       /* transfer: new level */
} GwNeeds;

typedef enum
{ /* relations the actor must have to the matter, beside the role; bit set */
  GW_GUARD_NONE = 0,
  GW_GUARD_OWN_UNIT = 1 << 0,   /* actor's org holds the lead (or co) assignment */
  GW_GUARD_OTHER_UNIT = 1 << 1, /* actor's org is no handling unit of this matter */
  GW_GUARD_TEN_DAYS = 1 << 2,   /* reopening by intake only within 10 days of closing */
  GW_GUARD_TWO_FAILS = 1 << 3,  /* the third unsuccessful call-back needs the supervisor */
  GW_GUARD_UNIT_OWN = 1 << 4,   /* as OWN_UNIT, but binds the unit roles only (handler, head of
                                   unit, mediator): the centre's roles pass */
} GwGuard;

/* The roles that act for a unit and not for the centre. */
#define GW_UNIT_ROLES \
  ((1u << GW_ROLE_UNIT_HANDLER) | (1u << GW_ROLE_UNIT_LEAD) | (1u << GW_ROLE_MEDIATOR))
/* Matters go back to handling at most this often after a call-back; domain.md 4b.2. */
#define GW_MAX_FAILED_VISITS 2u
/* The intake desk reopens by itself for so many days after closing; domain.md 4b.2. */
#define GW_REOPEN_DAYS 10
#define GW_PAUSE_MAX_DAYS 30
#define GW_REASON_MIN_LENGTH 6

typedef struct
{
  GwMatterState from;
  GwVerb verb;
  GwMatterState to; /* == from when the state stays */
  guint32 roles;    /* bit set of 1 << GwRole */
  guint32 needs;    /* GwNeeds */
  guint32 guards;   /* GwGuard */
} GwMove;

/* The table; rows are unique by (from, verb, to). */
const GwMove *gw_moves (guint *n);
/* The row for (from, verb); for RECORD the row to CLOSED. NULL: the state does not allow the verb.
 */
const GwMove *gw_move_find (GwMatterState from, GwVerb verb);
/* The row with that target. */
const GwMove *gw_move_find_to (GwMatterState from, GwVerb verb, GwMatterState to);
/* The guards of @move that bind an actor in @role: OWN_UNIT and OTHER_UNIT bind everyone, UNIT_OWN
 * the unit roles, TEN_DAYS the intake desk, TWO_FAILS all but supervisor and director. */
guint32 gw_move_guards_for (const GwMove *move, GwRole role);
/* TRUE when @role may use some row of (from, verb), guards aside. */
gboolean gw_move_allows (GwMatterState from, GwVerb verb, GwRole role);
/* "Dissatisfied and not solved": the call-back that sends a matter back (domain.md 4b.2). */
gboolean gw_answer_failed (const char *answer, const char *solved);
/* The row of RECORD for an answer: back to handling when it failed and it is one of the first two
 * failures, else to closed. @earlier_fails counts the failed call-backs before this one; with two
 * of them, closing needs a role that GW_GUARD_TWO_FAILS does not bind. */
const GwMove *gw_move_for_answer (const char *answer, const char *solved, guint earlier_fails);

gboolean gw_state_is_open (
    GwMatterState state); /* MERGED counts as closed for figures: its master is counted */
const char *gw_state_id (GwMatterState state);
const char *gw_state_label (GwMatterState state); /* translated */
gboolean gw_state_from_id (const char *id, GwMatterState *state);
const char *gw_verb_id (GwVerb verb);
const char *gw_verb_label (GwVerb verb); /* translated imperative: "Dispatch" */
const char *gw_verb_past (GwVerb verb);  /* translated, for the timeline: "Dispatched" */
gboolean gw_verb_from_id (const char *id, GwVerb *verb);

/* Coded reasons and answers: NULL-terminated ids and their translated labels. */
const char *const *gw_reason_codes (GwVerb verb); /* RETURN, PAUSE, REJECT; NULL for others */
const char *const *gw_other_ways (void);
const char *const *gw_answers (void);  /* satisfied fair dissatisfied declined not_reached */
const char *const *gw_solved (void);   /* yes partly no unknown */
const char *const *gw_channels (void); /* visit phone online */
/* Translated label of any of the ids above and of sources, urgencies, severities, sensitivities,
 * precisions and levels; NULL when there is no such term. */
const char *gw_term_label (const char *id);
/* NULL-safe: is @id in the NULL-terminated list @ids (nullable)? */
gboolean gw_term_is_in (const char *const *ids, const char *id);

G_END_DECLS
