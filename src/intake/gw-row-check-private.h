/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the parts of the row check share: gw-row-check.c and gw-check-*.c. */

#include "gw-row-check.h"

G_BEGIN_DECLS

/* What a word of a column means; found out once per word. */
typedef struct
{
  int number;       /* of a level, urgency, severity */
  const char *text; /* canonical; owned by @owned or by the type */
  char *owned;      /* owned, nullable */
  char *error;      /* owned, nullable: why it means nothing */
} GwWord;

typedef enum
{
  GW_NAMED_NOTHING = 0, /* an empty cell */
  GW_NAMED_UNKNOWN,
  GW_NAMED_DESTROYED, /* digits were lost in a spreadsheet */
  GW_NAMED_SPLIT,     /* was divided; no single successor */
  GW_NAMED_ONE,
  GW_NAMED_SEVERAL,
} GwNamedKind;

/* Which areas a code or a name means; found out once per text. */
typedef struct
{
  GwNamedKind kind;
  guint32 id;      /* ONE: the area that is valid now */
  guint32 old;     /* the area that was named, when it is not valid any more */
  GArray *several; /* owned, nullable, guint32: valid now */
} GwNamed;

struct _GwRowCheck
{
  GwCheckWorld world;
  int *columns; /* owned: target -> source column or -1 */
  guint n_targets;
  GHashTable **words;  /* owned, per target: text -> GwWord */
  GHashTable *codes;   /* owned: text -> GwNamed */
  GHashTable *names;   /* owned: text -> GwNamed */
  GStringChunk *texts; /* owned: what had to be made for this row */
  gboolean has_texts;
  gint64 oldest, latest; /* times of reports that can be right */

  const GwStageRow *row; /* of the run */
  GPtrArray *problems;   /* of the run, nullable */
  GwRowVerdict verdict;
  GwCheckedRow out;
};

/* ---- telling: every one of them is cheap while nobody wants the words ---- */
#define GW_CHECK_TELLS(self) ((self)->problems != NULL)
void gw_check_refuse (GwRowCheck *self, int column, const char *format, ...) G_GNUC_PRINTF (3, 4);
void gw_check_warn (GwRowCheck *self, int column, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Kept until the next row. */
const char *gw_check_keep (GwRowCheck *self, const char *text);
const char *gw_check_keep_take (GwRowCheck *self, char *text);

static inline int
gw_check_column (const GwRowCheck *self, int target)
{
  return self->columns[target];
}

static inline const char *
gw_check_cell (const GwRowCheck *self, int target)
{
  return gw_stage_row_cell (self->row, self->columns[target]);
}

/* FALSE when the cell cannot be used whatever it is for, which is told. */
gboolean gw_check_raw (GwRowCheck *self, int column);

/* Tells that there is no value where one must be. */
void gw_check_require (GwRowCheck *self, int target);

/* gw-check-text.c: tidy text of at most @max characters, NULL when there is none or it is refused.
 */
const char *gw_check_text (GwRowCheck *self, int target, gsize max, gboolean paragraphs);

/* gw-check-words.c */
void gw_check_source (GwRowCheck *self);
void gw_check_grades (GwRowCheck *self);
void gw_check_field (GwRowCheck *self, guint i);
void gw_word_free (gpointer word);

/* gw-check-time.c: FALSE when there is no time in the cell; @utc untouched. */
gboolean gw_check_time (GwRowCheck *self, int target, gint64 *utc);
/* Tells nothing; @guess says that it was no usual text of a time. */
gboolean gw_check_parse_time (const char *text, guint flags, gint64 *utc, gboolean *guess);

/* gw-check-named.c */
const GwNamed *gw_check_code (GwRowCheck *self, const char *text, guint flags);
const GwNamed *gw_check_name (GwRowCheck *self, const char *text);
void gw_named_free (gpointer named);

/* gw-check-place.c */
void gw_check_place (GwRowCheck *self);

G_END_DECLS
