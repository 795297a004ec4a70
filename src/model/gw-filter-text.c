/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "gw-filter.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* key=value words. A value that has a blank, a quote or a backslash stands in double quotes, with
 * \" and \\ inside. */

#define MAX_TEXT 4096u

static const char *const sorts[] = {
  [GW_SORT_REPORTED_DESC] = "newest", [GW_SORT_REPORTED_ASC] = "oldest", [GW_SORT_DUE_ASC] = "due",
  [GW_SORT_NUMBER_ASC] = "number",    [GW_SORT_STATE] = "state",         [GW_SORT_AREA] = "area",
};

static void
append_word (GString *out, const char *key, const char *value)
{
  g_string_append_printf (out, "%s%s=", out->len > 0 ? " " : "", key);
  if (value[0] != '\0' && strpbrk (value, " \t\n\"\\") == NULL)
    {
      g_string_append (out, value);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

static void
append_int (GString *out, const char *key, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  append_word (out, key, text);
}

static void
append_states (GString *out, guint32 states)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint state = GW_STATE_DRAFT; state < GW_N_STATES; state++)
    if (states & (1u << state))
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "",
                              gw_state_id ((GwMatterState)state));
  if (ids->len > 0)
    append_word (out, "state", ids->str);
}

static void
append_time (GString *out, const char *key, gint64 time)
{
  g_autofree char *text = NULL;

  if (time == 0)
    return;
  text = gw_time_format_iso (time);
  append_word (out, key, text);
}

static void
append_area (GString *out, guint32 id, const GwAreaTree *tree)
{
  const GwArea *area = tree == NULL ? NULL : gw_area_tree_get (tree, id);

  if (area != NULL)
    append_word (out, "area", area->code);
  else if (id != GW_AREA_NONE)
    g_string_append_printf (out, "%sarea=#%u", out->len > 0 ? " " : "", id);
}

static void
append_degree (GString *out, gint32 value)
{
  gint64 size = ABS ((gint64)value);

  g_string_append_printf (out, "%s%s%" G_GINT64_FORMAT ".%07" G_GINT64_FORMAT,
                          out->len > 0 ? "," : "", value < 0 ? "-" : "", size / 10000000,
                          size % 10000000);
}

static void
append_box (GString *out, const GwFilter *self)
{
  g_autoptr (GString) box = g_string_new (NULL);

  append_degree (box, self->west);
  append_degree (box, self->south);
  append_degree (box, self->east);
  append_degree (box, self->north);
  append_word (out, "box", box->str);
}

static void
append_text (GString *out, const char *key, const char *value)
{
  if (value != NULL && value[0] != '\0')
    append_word (out, key, value);
}

char *
gw_filter_to_text (const GwFilter *self, const GwAreaTree *tree)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  append_text (out, "module", self->module);
  append_text (out, "type", self->type);
  append_states (out, self->states);
  if (self->open_only)
    append_word (out, "open", "yes");
  if (self->overdue_only)
    append_word (out, "overdue", "yes");
  append_area (out, self->area, tree);
  if (self->org != 0)
    append_int (out, "org", self->org);
  append_time (out, "from", self->from);
  append_time (out, "to", self->to);
  if (self->batch != 0)
    append_int (out, "batch", self->batch);
  if (self->has_box)
    append_box (out, self);
  append_text (out, "text", self->text);
  if (self->sort != GW_SORT_REPORTED_DESC)
    append_word (out, "sort", sorts[self->sort]);
  return g_string_free (out, FALSE);
}

/* Reads @value into @self. FALSE: it is not of the form the key wants. */
typedef gboolean (*Reader) (GwFilter *self, const char *value, const GwAreaTree *tree);

static gboolean
read_module (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  g_free (self->module);
  self->module = g_strdup (value);
  return value[0] != '\0';
}

static gboolean
read_type (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  g_free (self->type);
  self->type = g_strdup (value);
  return value[0] != '\0';
}

static gboolean
read_text (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  g_free (self->text);
  self->text = g_strdup (value);
  return TRUE;
}

static gboolean
read_states (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  g_auto (GStrv) ids = g_strsplit (value, ",", -1);

  self->states = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      GwMatterState state;

      if (!gw_state_from_id (ids[i], &state))
        return FALSE;
      self->states |= 1u << state;
    }
  return self->states != 0;
}

static gboolean
read_flag (const char *value, gboolean *flag)
{
  *flag = g_str_equal (value, "yes");
  return *flag || g_str_equal (value, "no");
}

static gboolean
read_open (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  return read_flag (value, &self->open_only);
}

static gboolean
read_overdue (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  return read_flag (value, &self->overdue_only);
}

static gboolean
read_id (const char *value, guint64 max, guint64 *id)
{
  return g_ascii_string_to_unsigned (value, 10, 1, max, id, NULL);
}

static gboolean
read_area (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  const GwArea *area = tree == NULL ? NULL : gw_area_tree_find_code (tree, value);
  guint64 id;

  if (area != NULL)
    self->area = area->id;
  else if (value[0] == '#' && read_id (value + 1, G_MAXUINT32, &id) &&
           (tree == NULL || id <= gw_area_tree_size (tree)))
    self->area = (guint32)id;
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_org (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  guint64 id = 0;
  gboolean ok = read_id (value, G_MAXUINT32, &id);

  self->org = (guint32)id;
  return ok;
}

static gboolean
read_batch (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  guint64 id = 0;
  gboolean ok = read_id (value, G_MAXINT64, &id);

  self->batch = (gint64)id;
  return ok;
}

static gboolean
read_from (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  gboolean has_time;

  return gw_time_parse (value, &self->from, &has_time);
}

/* A plain day is meant to the end: "to=2026-03-31" takes in the 31st. */
static gboolean
read_to (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  gboolean has_time;

  if (!gw_time_parse (value, &self->to, &has_time))
    return FALSE;
  if (!has_time)
    self->to = gw_time_of_day (gw_day_of_time (self->to) + 1, 0, 0, 0);
  return TRUE;
}

/* Degrees with at most seven decimals, read as integers: a double would not come back the same. */
static gboolean
read_degree (const char *text, gint32 limit, gint32 *value)
{
  gboolean negative = text[0] == '-';
  const char *at = text + negative;
  gsize digits = strspn (at, "0123456789");
  gint64 scaled = 0;
  guint decimals = 0;

  if (digits < 1 || digits > 3)
    return FALSE;
  for (; digits > 0; digits--)
    scaled = scaled * 10 + (*at++ - '0');
  if (*at == '.')
    at++;
  for (; decimals < 7; decimals++)
    scaled = scaled * 10 + (g_ascii_isdigit (*at) ? *at++ - '0' : 0);
  *value = (gint32)(negative ? -scaled : scaled);
  return *at == '\0' && scaled <= limit;
}

static gboolean
read_box (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", 5);

  self->has_box = g_strv_length (parts) == 4 && read_degree (parts[0], 1800000000, &self->west) &&
                  read_degree (parts[1], 900000000, &self->south) &&
                  read_degree (parts[2], 1800000000, &self->east) &&
                  read_degree (parts[3], 900000000, &self->north) && self->west <= self->east &&
                  self->south <= self->north;
  return self->has_box;
}

static gboolean
read_sort (GwFilter *self, const char *value, const GwAreaTree *tree)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i], value))
      {
        self->sort = (GwSort)i;
        return TRUE;
      }
  return FALSE;
}

static const struct
{
  const char *key;
  Reader read;
} keys[] = {
  { "module", read_module }, { "type", read_type },       { "state", read_states },
  { "open", read_open },     { "overdue", read_overdue }, { "area", read_area },
  { "org", read_org },       { "from", read_from },       { "to", read_to },
  { "batch", read_batch },   { "box", read_box },         { "text", read_text },
  { "sort", read_sort },
};

static gboolean
read_word (
    GwFilter *self, const char *key, const char *value, const GwAreaTree *tree, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, key))
      return keys[i].read (self, value, tree) ||
             gw_throw (error, GW_ERROR_INVALID, _ ("filter: “%s” is no value for %s"), value, key);
  return gw_throw (
      error, GW_ERROR_INVALID,
      _ ("filter: there is no “%s”; use module, type, state, open, overdue, area, org, "
         "from, to, batch, box, text or sort"),
      key);
}

/* Takes the value at *@at and moves behind it; NULL when its quote does not end. */
static char *
take_value (const char **at)
{
  GString *value = g_string_new (NULL);
  const char *from = *at;

  if (*from != '"')
    {
      gsize length = strcspn (from, " \t\n");

      *at = from + length;
      return g_string_free (g_string_append_len (value, from, (gssize)length), FALSE);
    }
  for (from++; *from != '"' && *from != '\0'; from++)
    {
      if (*from == '\\' && from[1] != '\0')
        from++;
      g_string_append_c (value, *from);
    }
  *at = from + (*from == '"');
  return g_string_free (value, *from != '"');
}

static gboolean
read_next (GwFilter *self, const char **at, const GwAreaTree *tree, GError **error)
{
  gsize length = strcspn (*at, "= \t\n");
  g_autofree char *key = g_strndup (*at, length);
  g_autofree char *value = NULL;

  if ((*at)[length] != '=')
    return gw_throw (error, GW_ERROR_INVALID, _ ("filter: “%s” has no value; write %s=…"), key,
                     key);
  *at += length + 1;
  value = take_value (at);
  if (value == NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("filter: the quote of %s does not end; close it"),
                     key);
  return read_word (self, key, value, tree, error);
}

GwFilter *
gw_filter_from_text (const char *text, const GwAreaTree *tree, GError **error)
{
  g_autoptr (GwFilter) self = gw_filter_new ();

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_TEXT + 1) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("filter: too long or no text"));
  for (text += strspn (text, " \t\n"); *text != '\0'; text += strspn (text, " \t\n"))
    if (!read_next (self, &text, tree, error))
      return NULL;
  return g_steal_pointer (&self);
}
