/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What becomes a matter: by hand, from a file, over D-Bus. */

#include "gw-matter.h"

G_BEGIN_DECLS

/* The longest texts of a record, in characters. */
#define GW_INTAKE_MAX_TITLE 100u
#define GW_INTAKE_MAX_SUMMARY 4000u
#define GW_INTAKE_MAX_ADDRESS 200u

/* What a new matter brings; also what a draft keeps. */
typedef struct
{
  char *type;                               /* type key */
  char *title, *summary, *source, *address; /* owned */
  int level;
  GwUrgency urgency;
  GwSeverity severity;
  GwSensitivity sensitivity;
  guint32 area;
  gboolean has_point;
  gint32 x, y;
  GwPrecision precision;
  gint64 occurred;    /* 0 = unknown */
  GHashTable *values; /* owned: field id -> text */
} GwIntake;
/* An empty intake of the record type @type, all values unset. */
GwIntake *gw_intake_new (const char *type);
GwIntake *gw_intake_copy (const GwIntake *self);
void gw_intake_free (GwIntake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwIntake, gw_intake_free)
gboolean gw_intake_equal (const GwIntake *a, const GwIntake *b);
/* To and from text (printed GVariant "a{sv}"), for drafts and D-Bus. Equal intakes give equal
 * texts; areas go by their local id, so a text belongs to one file. Reading checks the form alone
 * (GW_ERROR_INVALID); whether it may become a matter is gw_intake_check(): a draft may be half
 * written. Any thread. */
char *gw_intake_serialise (const GwIntake *self);
GwIntake *gw_intake_parse (const char *text, GError **error);
/* Every rule of the type and of the record; the first broken one as an error (GW_ERROR_INVALID)
 * that names the field, the reason and the mend. Personal data in title, summary, address or any
 * free text outside the vault is refused (domain.md 4c.2). */
gboolean gw_intake_check (const GwIntake *self, const GwTypeSpec *type, GError **error);
/* Checks as above and brings texts and values to their canonical form; on failure @self stays as it
 * was. */
gboolean gw_intake_canonicalise (GwIntake *self, const GwTypeSpec *type, GError **error);

G_END_DECLS
