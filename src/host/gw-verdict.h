/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What came of examining one module in a process of its own. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_VERDICT_FINE,
  GW_VERDICT_REFUSED, /* the loader or a check of the tables said why */
  GW_VERDICT_KILLED,  /* a signal ended the process */
  GW_VERDICT_SILENT,  /* the process ended of itself and had not answered */
  GW_VERDICT_SLOW,    /* no answer in time and no processor used: perhaps the machine was busy */
  GW_N_VERDICTS
} GwVerdictKind;

typedef struct
{
  GwVerdictKind kind;
  int signal;   /* of GW_VERDICT_KILLED */
  char *reason; /* owned, of GW_VERDICT_REFUSED, else NULL */
} GwVerdict;

/* @signal counts for KILLED, @reason (nullable, copied) for REFUSED; else they are left out. */
GwVerdict *gw_verdict_new (GwVerdictKind kind, int signal, const char *reason);
void gw_verdict_free (GwVerdict *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwVerdict, gw_verdict_free)

/* Whether it stands alone. Weak evidence may come from a busy machine and needs a second time. */
gboolean gw_verdict_is_strong (const GwVerdict *self);
/* (transfer full): what was found and what to do, for people; NULL when all is fine. */
char *gw_verdict_dup_message (const GwVerdict *self);

/* One line of text and back, for the pipe and for the book. NULL for what is no verdict. */
char *gw_verdict_to_text (const GwVerdict *self);
GwVerdict *gw_verdict_from_text (const char *text);

G_END_DECLS
