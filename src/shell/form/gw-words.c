/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-words.h"

#include <glib/gi18n-lib.h>

const char *
gw_words_org (GwSession *session, guint32 org)
{
  GPtrArray *orgs = gw_session_get_orgs (session);
  const GwOrg *found = org > 0 && org < orgs->len ? g_ptr_array_index (orgs, org) : NULL;

  return found != NULL ? found->name : "–";
}

const char *
gw_words_account (GwSession *session, guint32 account)
{
  GPtrArray *accounts = gw_session_get_accounts (session);
  const GwAccount *found =
      account > 0 && account < accounts->len ? g_ptr_array_index (accounts, account) : NULL;

  return found != NULL ? found->label : "–";
}

/* ---- what an entry changed ---- */

static const char *
org_of_code (GwSession *session, const char *code)
{
  GPtrArray *orgs = gw_session_get_orgs (session);

  for (guint i = 1; i < orgs->len; i++)
    {
      const GwOrg *org = g_ptr_array_index (orgs, i);

      if (org != NULL && g_str_equal (org->code, code))
        return org->name;
    }
  return code;
}

static const char *
level_word (const char *level)
{
  static const char *const ids[] = { "community", "township", "district" };
  gint64 n = 0;

  if (!g_ascii_string_to_signed (level, 10, 1, 3, &n, NULL))
    return level;
  return gw_term_label (ids[n - 1]);
}

static char *
words_of (GwSession *session, const char *key, const char *value)
{
  if (g_str_equal (key, "org"))
    return g_strdup_printf (_ ("to %s"), org_of_code (session, value));
  if (g_str_equal (key, "days"))
    return g_strdup_printf (_ ("%s days"), value);
  if (g_str_equal (key, "level"))
    return g_strdup_printf (_ ("new level: %s"), level_word (value));
  if (g_str_equal (key, "from_level"))
    return g_strdup_printf (_ ("before: %s"), level_word (value));
  if (g_str_equal (key, "other_way"))
    return g_strdup_printf (_ ("other way: %s"),
                            gw_term_label (value) != NULL ? gw_term_label (value) : value);
  if (g_str_equal (key, "solved"))
    return g_strdup_printf (_ ("solved: %s"),
                            gw_term_label (value) != NULL ? gw_term_label (value) : value);
  if (g_str_equal (key, "reason") || g_str_equal (key, "channel") || g_str_equal (key, "answer"))
    return g_strdup (gw_term_label (value) != NULL ? gw_term_label (value) : value);
  return NULL;
}

char *
gw_words_delta (GwSession *session, const GwEvent *event)
{
  g_autoptr (GVariant) delta = NULL;
  g_autoptr (GVariant) value = NULL;
  GVariantIter iter;
  const char *key = NULL;
  GString *text = NULL;

  if (event->delta == NULL)
    return NULL;
  delta = g_variant_parse (G_VARIANT_TYPE_VARDICT, event->delta, NULL, NULL, NULL);
  if (delta == NULL)
    return NULL;
  text = g_string_new (NULL);
  g_variant_iter_init (&iter, delta);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      g_autofree char *words = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                                   ? words_of (session, key, g_variant_get_string (value, NULL))
                                   : NULL;

      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? _ ("; ") : "", words);
    }
  if (text->len > 0)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

/* ---- what is covered ---- */

static gboolean
handles (const GwActor *actor, const GwMatterView *view)
{
  if (actor->org == 0)
    return FALSE;
  if (view->matter->lead_org == actor->org)
    return TRUE;
  for (guint i = 0; i < view->assignments->len; i++)
    {
      const GwAssignment *assignment = g_ptr_array_index (view->assignments, i);

      if (assignment->org == actor->org && assignment->returned == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_handler (GwSession *session, const GwMatterView *view)
{
  return gw_session_may (session, GW_MAY_RESTRICTED) &&
         handles (gw_session_get_actor (session), view);
}

gboolean
gw_words_is_whole (GwSession *session, const GwMatterView *view)
{
  return view->matter->sensitivity != GW_SENSITIVITY_RESTRICTED || is_handler (session, view);
}

gboolean
gw_words_has_texts (GwSession *session, const GwMatterView *view)
{
  return gw_session_may (session, GW_MAY_READ) && gw_words_is_whole (session, view);
}

gboolean
gw_words_is_masked (GwSession *session, const GwMatterView *view, const GwFieldSpec *field)
{
  switch (field->privacy)
    {
    case GW_CLASS_OPEN:
      return !gw_words_is_whole (session, view);
    case GW_CLASS_INTERNAL:
      return !gw_words_has_texts (session, view);
    case GW_CLASS_RESTRICTED:
      return !is_handler (session, view);
    case GW_CLASS_VAULT:
    default:
      return TRUE;
    }
}
