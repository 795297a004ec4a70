/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-matter.h"

G_BEGIN_DECLS

/* A request of one verb, from any door: screen, command line, D-Bus. */
typedef struct
{
  gint64 matter;
  guint rev; /* the revision the asker saw; 0 = take the current one */
  GwVerb verb;
  guint32 org;   /* GW_NEEDS_ORG */
  int level;     /* GW_NEEDS_LEVEL */
  guint days;    /* GW_NEEDS_DAYS */
  gint64 master; /* GW_NEEDS_MASTER */
  char *reason, *reason_code, *other_way, *result, *answer, *solved, *channel,
      *note;           /* owned, nullable */
  GHashTable *changes; /* owned, nullable: CORRECT: field or matter column -> canonical text */
} GwVerbRequest;
/* @verb on @matter, and nothing else said yet. */
GwVerbRequest *gw_verb_request_new (gint64 matter, GwVerb verb);
GwVerbRequest *gw_verb_request_copy (const GwVerbRequest *self);
void gw_verb_request_free (GwVerbRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwVerbRequest, gw_verb_request_free)
/* What @move needs of the request and nothing of anybody's rights: reason of at least six
 * characters, codes from their lists, 1 to 30 days, level 1 to 3, and no personal data in any free
 * text. GW_ERROR_INVALID with a translated text that names what is missing. */
gboolean gw_verb_request_check (const GwVerbRequest *self, const GwMove *move, GError **error);

G_END_DECLS
