/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What each column of the list shows of a matter. */

#include "gw-matter.h"
#include "gw-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  GW_COLUMN_LAMP = 0,
  GW_COLUMN_NUMBER,
  GW_COLUMN_TITLE,
  GW_COLUMN_AREA,
  GW_COLUMN_STATE,
  GW_COLUMN_DUE,
  GW_COLUMN_ORG,
  GW_COLUMN_REPORTED,
  GW_COLUMN_TYPE,
  GW_N_COLUMNS
} GwColumn;

typedef struct
{
  const char *id;    /* for settings */
  const char *title; /* msgid */
  int width;         /* px; 0 = takes what is left */
  int needs; /* not shown in a narrower list, whatever the reader chose: the title comes first */
  gboolean shown; /* at first */
  gboolean sorts;
  GwSort sort; /* when it sorts: ascending */
} GwColumnSpec;

/* What is fixed about a column; static. */
const GwColumnSpec *gw_matter_cell_spec (GwColumn column);
const char *gw_matter_cell_title (GwColumn column); /* translated */
/* The text of the cell; "" while @row is NULL. Transfer full. */
char *gw_matter_cell_text (GwColumn column,
                           const GwMatter *row /* nullable */,
                           GwLamp lamp,
                           GwSession *session,
                           gint64 now);

G_END_DECLS
