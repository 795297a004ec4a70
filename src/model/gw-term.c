/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-state.h"

#include <glib/gi18n-lib.h>

/* Closed lists that the state machine and the records speak of, and the words for them. */

/* Pause: domain.md 4b.2. */
static const char *const pause_reasons[] = { "legal_procedure", "expert_report", "parties_agree",
                                             "force_majeure",   "weather",       NULL };
/* Return: a unit sends back only for one of these, with a text beside it. */
static const char *const return_reasons[] = {
  "not_our_duty", "not_our_area", "duplicate", "too_little_information",
  "wrong_level",  "other",        NULL
};
/* Reject: domain.md 4b.11 (not suitable for mediation) and the common ones. */
static const char *const reject_reasons[] = { "court_decided",
                                              "in_legal_procedure",
                                              "outside_area",
                                              "outside_duty",
                                              "both_sides_refuse",
                                              "needs_enforcement",
                                              "no_concrete_matter",
                                              "other",
                                              NULL };
static const char *const other_ways[] = { "mediation", "arbitration", "court", "admin_ruling",
                                          "petition",  "hotline",     NULL };
static const char *const answers[] = { "satisfied", "fair",        "dissatisfied",
                                       "declined",  "not_reached", NULL };
static const char *const solved[] = { "yes", "partly", "no", "unknown", NULL };
static const char *const channels[] = { "visit", "phone", "online", NULL };

/* One label per id: an id that stands in two lists means the same thing in both. */
static const struct
{
  const char *id;
  const char *label;
} terms[] = {
  /* pause */
  { "legal_procedure", N_ ("Waiting for a legal procedure") },
  { "expert_report", N_ ("Waiting for an expert report") },
  { "parties_agree", N_ ("Parties agreed to wait") },
  { "force_majeure", N_ ("Force majeure") },
  { "weather", N_ ("Weather") },
  /* return */
  { "not_our_duty", N_ ("Not the duty of this unit") },
  { "not_our_area", N_ ("Not the area of this unit") },
  { "duplicate", N_ ("Already handled under another number") },
  { "too_little_information", N_ ("Too little information") },
  { "wrong_level", N_ ("Belongs to another level") },
  /* reject */
  { "court_decided", N_ ("A court has already decided") },
  { "in_legal_procedure", N_ ("Another lawful procedure is running") },
  { "outside_area", N_ ("Outside this district") },
  { "outside_duty", N_ ("Outside the duties of the centre") },
  { "both_sides_refuse", N_ ("One side refuses mediation") },
  { "needs_enforcement", N_ ("Needs an authority to act") },
  { "no_concrete_matter", N_ ("No concrete matter stated") },
  /* other ways */
  { "mediation", N_ ("Mediation") },
  { "arbitration", N_ ("Arbitration") },
  { "court", N_ ("Court") },
  { "admin_ruling", N_ ("Administrative ruling") },
  { "petition", N_ ("Petition") },
  { "hotline", N_ ("Hotline") },
  /* answers */
  { "satisfied", N_ ("Satisfied") },
  { "fair", N_ ("Fairly satisfied") },
  { "dissatisfied", N_ ("Dissatisfied") },
  { "declined", N_ ("Declined to answer") },
  { "not_reached", N_ ("Not reached") },
  { "yes", N_ ("Yes") },
  { "partly", N_ ("Partly") },
  { "no", N_ ("No") },
  { "unknown", N_ ("Unknown") },
  /* sources and channels */
  { "visit", N_ ("In person") },
  { "phone", N_ ("Telephone") },
  { "grid", N_ ("Grid") },
  { "dept", N_ ("Department") },
  { "letter", N_ ("Letter") },
  { "online", N_ ("Online") },
  { "patrol", N_ ("Patrol") },
  { "inspection", N_ ("Inspection") },
  { "other", N_ ("Other") },
  /* urgency, severity, sensitivity, precision, level */
  { "normal", N_ ("Normal") },
  { "urgent", N_ ("Urgent") },
  { "emergency", N_ ("Emergency") },
  { "general", N_ ("General") },
  { "larger", N_ ("Larger") },
  { "serious", N_ ("Serious") },
  { "very_serious", N_ ("Very serious") },
  { "internal", N_ ("Internal") },
  { "restricted", N_ ("Restricted") },
  { "exact", N_ ("Exact place") },
  { "building", N_ ("Building") },
  { "community", N_ ("Community") },
  { "township", N_ ("Township") },
  { "district", N_ ("District") },
  { "city", N_ ("City") },
  { "micro", N_ ("Micro-area") },
};

const char *const *
gw_reason_codes (GwVerb verb)
{
  if (verb == GW_VERB_PAUSE)
    return pause_reasons;
  if (verb == GW_VERB_RETURN)
    return return_reasons;
  return verb == GW_VERB_REJECT ? reject_reasons : NULL;
}

const char *const *
gw_other_ways (void)
{
  return other_ways;
}

const char *const *
gw_answers (void)
{
  return answers;
}

const char *const *
gw_solved (void)
{
  return solved;
}

const char *const *
gw_channels (void)
{
  return channels;
}

const char *
gw_term_label (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (terms); i++)
    if (g_str_equal (terms[i].id, id))
      return _ (terms[i].label);
  return NULL;
}

gboolean
gw_term_is_in (const char *const *ids, const char *id)
{
  return ids != NULL && id != NULL && g_strv_contains (ids, id);
}
