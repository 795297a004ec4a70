/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cell-scan.h"
#include "gw-free-text.h"
#include "gw-row-check-private.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>

/* What no tidying mends. */
static gboolean
check_readable (GwRowCheck *self, int column, guint scan)
{
  if ((scan & (GW_SCAN_REPLACEMENT | GW_SCAN_GARBLED | GW_SCAN_CONTROL)) == 0)
    return TRUE;
  if ((scan & GW_SCAN_CONTROL) != 0)
    gw_check_refuse (self, column, _ ("the text holds control characters; type it anew"));
  else
    gw_check_refuse (self, column,
                     _ ("the text was garbled by a wrong encoding before it came here; export the "
                        "table again as CSV (UTF-8) or XLSX"));
  return FALSE;
}

/* Says what kind of number it is, never which. */
static gboolean
check_personal (GwRowCheck *self, int column, const char *text)
{
  GwPersonal personal = gw_text_find_personal (text, NULL);

  if ((personal & GW_PERSONAL_ID_NUMBER) != 0)
    gw_check_refuse (self, column,
                     _ ("the text holds an ID number, which is not kept here; remove it"));
  else if ((personal & GW_PERSONAL_MOBILE) != 0)
    gw_check_refuse (self, column,
                     _ ("the text holds a mobile number, which is not kept here; remove it"));
  return personal == GW_PERSONAL_NONE;
}

const char *
gw_check_text (GwRowCheck *self, int target, gsize max, gboolean paragraphs)
{
  int column = gw_check_column (self, target);
  const char *text = gw_check_cell (self, target);
  gsize length;
  guint scan;

  if (*text == '\0' || !gw_check_raw (self, column))
    return NULL;
  scan = gw_cell_scan (text, self->row->lengths[column], &length);
  if ((scan & GW_SCAN_EMPTY) != 0 || !check_readable (self, column, scan) ||
      ((scan & GW_SCAN_DIGITS) != 0 && !check_personal (self, column, text)))
    return NULL;
  if ((scan & GW_SCAN_UNTIDY) != 0)
    {
      text = gw_check_keep_take (self, paragraphs ? gw_free_text_tidy (text) : gw_text_tidy (text));
      length = gw_text_length (text);
    }
  if (length <= max)
    return text;
  gw_check_refuse (self, column, _ ("%zu characters are too long; shorten the text to %zu"), length,
                   max);
  return NULL;
}
