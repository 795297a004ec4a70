/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-verdict.h"

#include <glib/gi18n-lib.h>
#include <signal.h>

static const char *const kinds[GW_N_VERDICTS] = { "fine", "refused", "killed", "silent", "slow" };

GwVerdict *
gw_verdict_new (GwVerdictKind kind, int signal, const char *reason)
{
  GwVerdict *self = g_new0 (GwVerdict, 1);

  self->kind = kind;
  self->signal = kind == GW_VERDICT_KILLED ? signal : 0;
  self->reason = kind == GW_VERDICT_REFUSED ? g_strdup (reason) : NULL;
  return self;
}

void
gw_verdict_free (GwVerdict *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self);
}

gboolean
gw_verdict_is_strong (const GwVerdict *self)
{
  /* SIGKILL comes from a system that is out of memory, SIGTERM from one that shuts down. */
  if (self->kind == GW_VERDICT_KILLED)
    return self->signal != SIGKILL && self->signal != SIGTERM;
  return self->kind != GW_VERDICT_SLOW;
}

char *
gw_verdict_dup_message (const GwVerdict *self)
{
  switch (self->kind)
    {
    case GW_VERDICT_REFUSED:
      return g_strdup (self->reason);
    case GW_VERDICT_KILLED:
      if (self->signal == SIGXCPU)
        return g_strdup_printf (_ ("it was still computing after two seconds and was killed by "
                                   "signal %d while being examined; ask its author for a mended "
                                   "build"),
                                self->signal);
      return g_strdup_printf (_ ("killed by signal %d (%s) while being examined; the file is "
                                 "damaged or faulty: get another build of it"),
                              self->signal, g_strsignal (self->signal));
    case GW_VERDICT_SILENT:
      return g_strdup (_ ("it ended without an answer while being examined; a module must not end "
                          "the program: ask its author for a mended build"));
    case GW_VERDICT_SLOW:
      return g_strdup (_ ("no answer within three seconds while being examined; perhaps the "
                          "machine was busy: try again"));
    case GW_VERDICT_FINE:
    case GW_N_VERDICTS:
    default:
      return NULL;
    }
}

char *
gw_verdict_to_text (const GwVerdict *self)
{
  return g_strdup_printf ("%s %d %s", kinds[self->kind], self->signal,
                          self->reason != NULL ? self->reason : "");
}

GwVerdict *
gw_verdict_from_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  guint64 signal = 0;

  if (g_strv_length (parts) != 3 || !g_utf8_validate (text, -1, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, 64, &signal, NULL))
    return NULL;
  for (guint i = 0; i < GW_N_VERDICTS; i++)
    if (g_str_equal (parts[0], kinds[i]))
      return gw_verdict_new ((GwVerdictKind)i, (int)signal, parts[2]);
  return NULL;
}
