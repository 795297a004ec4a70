/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-verb-request.h"

#include "gw-error.h"
#include "gw-free-text.h"
#include "gw-matter.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>

#define MAX_REASON_LENGTH 500u
#define MAX_TEXT_LENGTH 4000u

GwVerbRequest *
gw_verb_request_new (gint64 matter, GwVerb verb)
{
  GwVerbRequest *self = g_new0 (GwVerbRequest, 1);

  self->matter = matter;
  self->verb = verb;
  return self;
}

GwVerbRequest *
gw_verb_request_copy (const GwVerbRequest *self)
{
  GwVerbRequest *copy = g_memdup2 (self, sizeof *self);

  copy->reason = g_strdup (self->reason);
  copy->reason_code = g_strdup (self->reason_code);
  copy->other_way = g_strdup (self->other_way);
  copy->result = g_strdup (self->result);
  copy->answer = g_strdup (self->answer);
  copy->solved = g_strdup (self->solved);
  copy->channel = g_strdup (self->channel);
  copy->note = g_strdup (self->note);
  copy->changes = gw_values_copy (self->changes);
  return copy;
}

void
gw_verb_request_free (GwVerbRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self->reason_code);
  g_free (self->other_way);
  g_free (self->result);
  g_free (self->answer);
  g_free (self->solved);
  g_free (self->channel);
  g_free (self->note);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_free (self);
}

static gboolean
missing (GError **error, const char *text)
{
  return gw_throw (error, GW_ERROR_INVALID, "%s", text);
}

static gboolean
check_reason (const char *reason, GError **error)
{
  g_autofree char *tidy = gw_text_tidy (reason == NULL ? "" : reason);

  if (gw_text_length (tidy) < GW_REASON_MIN_LENGTH)
    return missing (error, _ ("a reason of at least six characters is needed; write it down"));
  return TRUE;
}

/* @list NULL: the verb has no list, so nothing can be right. */
static gboolean
check_term (const char *id, const char *const *list, const char *message, GError **error)
{
  return gw_term_is_in (list, id) || missing (error, message);
}

static gboolean
check_answer (const GwVerbRequest *self, GError **error)
{
  return check_term (self->answer, gw_answers (), _ ("the answer of the call-back is needed"),
                     error) &&
         check_term (self->solved, gw_solved (),
                     _ ("whether the matter is solved is needed: yes, partly, no or unknown"),
                     error) &&
         check_term (self->channel, gw_channels (),
                     _ ("how the call-back was made is needed: in person, telephone or online"),
                     error);
}

static gboolean
check_text (const char *label, const char *text, gsize max_length, GError **error)
{
  return text == NULL || gw_free_text_check (label, text, max_length, FALSE, error);
}

static gboolean
check_texts (const GwVerbRequest *self, GError **error)
{
  return check_text (_ ("Reason"), self->reason, MAX_REASON_LENGTH, error) &&
         check_text (_ ("Result"), self->result, MAX_TEXT_LENGTH, error) &&
         check_text (_ ("Note"), self->note, MAX_TEXT_LENGTH, error);
}

static gboolean
check_codes (const GwVerbRequest *self, guint32 needs, GError **error)
{
  if ((needs & GW_NEEDS_REASON_CODE) &&
      !check_term (self->reason_code, gw_reason_codes (self->verb),
                   _ ("a reason from the list is needed; choose one"), error))
    return FALSE;
  if ((needs & GW_NEEDS_OTHER_WAY) &&
      !check_term (self->other_way, gw_other_ways (),
                   _ ("who is not accepted must be told another way; choose one"), error))
    return FALSE;
  return (needs & GW_NEEDS_ANSWER) == 0 || check_answer (self, error);
}

static gboolean
check_numbers (const GwVerbRequest *self, guint32 needs, GError **error)
{
  if ((needs & GW_NEEDS_ORG) && self->org == 0)
    return missing (error, _ ("a unit is needed; choose one"));
  if ((needs & GW_NEEDS_DAYS) && (self->days < 1 || self->days > GW_PAUSE_MAX_DAYS))
    return missing (error, _ ("a pause lasts from 1 to 30 days; enter the number of days"));
  if ((needs & GW_NEEDS_MASTER) && (self->master == 0 || self->master == self->matter))
    return missing (error, _ ("the matter to merge into is needed; choose another matter"));
  if ((needs & GW_NEEDS_LEVEL) && (self->level < 1 || self->level > 3))
    return missing (error, _ ("the new level is needed: community, township or district"));
  return TRUE;
}

gboolean
gw_verb_request_check (const GwVerbRequest *self, const GwMove *move, GError **error)
{
  g_return_val_if_fail (self != NULL && move != NULL, FALSE);

  if (!check_codes (self, move->needs, error) || !check_numbers (self, move->needs, error))
    return FALSE;
  if ((move->needs & GW_NEEDS_REASON) && !check_reason (self->reason, error))
    return FALSE;
  if ((move->needs & GW_NEEDS_RESULT) && (self->result == NULL || gw_text_is_blank (self->result)))
    return missing (error, _ ("what was done is needed; write it down"));
  if (self->verb == GW_VERB_NOTE && (self->note == NULL || gw_text_is_blank (self->note)))
    return missing (error, _ ("the note is empty; write it down"));
  if (self->verb == GW_VERB_CORRECT &&
      (self->changes == NULL || g_hash_table_size (self->changes) == 0))
    return missing (error, _ ("nothing was changed"));
  return check_texts (self, error);
}
