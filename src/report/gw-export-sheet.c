/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export-private.h"

#include <glib/gi18n-lib.h>

enum
{
  NUMBER,
  CASE_CODE,
  TYPE,
  TITLE,
  STATE,
  SOURCE,
  LEVEL,
  URGENCY,
  AREA_CODE,
  AREA,
  ADDRESS,
  LON,
  LAT,
  REPORTED,
  DUE,
  CLOSED,
  LEAD,
  N_OWN
};

static const struct
{
  const char *id, *label;
  GwCellKind kind;
  guint width;
} own[N_OWN] = {
  [NUMBER] = { "number", N_ ("Number"), GW_CELL_TEXT, 24 },
  [CASE_CODE] = { "case_code", N_ ("Case code"), GW_CELL_TEXT, 11 },
  [TYPE] = { "type", N_ ("Kind"), GW_CELL_TEXT, 12 },
  [TITLE] = { "title", N_ ("Title"), GW_CELL_TEXT, 40 },
  [STATE] = { "state", N_ ("State"), GW_CELL_TEXT, 12 },
  [SOURCE] = { "source", N_ ("Source"), GW_CELL_TEXT, 10 },
  [LEVEL] = { "level", N_ ("Level"), GW_CELL_NUMBER, 6 },
  [URGENCY] = { "urgency", N_ ("Urgency"), GW_CELL_TEXT, 8 },
  [AREA_CODE] = { "area_code", N_ ("Area code"), GW_CELL_TEXT, 20 },
  [AREA] = { "area", N_ ("Area"), GW_CELL_TEXT, 40 },
  [ADDRESS] = { "address", N_ ("Address"), GW_CELL_TEXT, 30 },
  [LON] = { "lon", N_ ("Longitude"), GW_CELL_NUMBER, 12 },
  [LAT] = { "lat", N_ ("Latitude"), GW_CELL_NUMBER, 12 },
  [REPORTED] = { "reported", N_ ("Reported at"), GW_CELL_TIME, 17 },
  [DUE] = { "due", N_ ("Due"), GW_CELL_TIME, 17 },
  [CLOSED] = { "closed", N_ ("Closed at"), GW_CELL_TIME, 17 },
  [LEAD] = { "lead_org", N_ ("Lead unit"), GW_CELL_TEXT, 24 },
};

static void
column_free (GwExportColumn *column)
{
  g_free (column->label);
  g_free (column);
}

static void
add_column (GwExportSheet *self, const char *id, const char *label, GwCellKind kind, guint width)
{
  GwExportColumn *column = g_new0 (GwExportColumn, 1);

  column->id = id;
  column->label = g_strdup (label);
  column->kind = kind;
  column->width = width;
  g_ptr_array_add (self->columns, column);
}

static const GwTypeSpec *
only_type (const GwExportJob *job, const GwSelection *selection)
{
  for (guint i = 1; i < selection->n; i++)
    if (selection->types[i] != selection->types[0])
      return NULL;
  return selection->n > 0 && selection->types[0] < job->types->len
             ? g_ptr_array_index (job->types, selection->types[0])
             : NULL;
}

/* Class OPEN only: INTERNAL says "staff", and nobody knows who opens a file. */
static gboolean
is_listed (const GwFieldSpec *field)
{
  return (field->flags & GW_FIELD_IN_LIST) != 0 && field->privacy == GW_CLASS_OPEN;
}

static char *
make_stamp (const GwExportSheet *self)
{
  g_autofree char *at = gw_time_format (self->now);
  const GwExportJob *job = self->job;

  return g_strdup_printf ("%s%s · %s · %s · %s",
                          gw_store_is_demo (job->store) ? _ ("Demonstration data · ") : "", at,
                          job->account_label, job->purpose,
                          job->filter_text[0] != '\0' ? job->filter_text : _ ("all matters"));
}

void
gw_export_sheet_init (GwExportSheet *self, const GwExportJob *job, const GwSelection *selection)
{
  self->job = job;
  self->now = gw_clock_now (gw_store_clock (job->store));
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)column_free);
  self->type = only_type (job, selection);
  for (guint i = 0; i < N_OWN; i++)
    add_column (self, own[i].id, _ (own[i].label), own[i].kind, own[i].width);
  for (guint i = 0; self->type != NULL && i < self->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->type->fields, i);

      if (is_listed (field))
        add_column (self, field->id, field->label, GW_CELL_TEXT, 16);
    }
  if (gw_store_is_demo (job->store))
    add_column (self, "mark", _ ("Mark"), GW_CELL_TEXT, 16);
  self->stamp = make_stamp (self);
}

void
gw_export_sheet_clear (GwExportSheet *self)
{
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->stamp, g_free);
}

static const char *
org_name (const GwExportJob *job, guint32 id)
{
  const GwOrg *org = id < job->orgs->len ? g_ptr_array_index (job->orgs, id) : NULL;

  return org != NULL ? org->name : NULL;
}

static void
fill_own (const GwExportSheet *self, const GwMatter *matter, GwExportCell *cells)
{
  const GwExportJob *job = self->job;
  const GwArea *area = gw_area_tree_get (job->tree, matter->area);
  const GwTypeSpec *type =
      matter->type < job->types->len ? g_ptr_array_index (job->types, matter->type) : NULL;

  cells[NUMBER].text = g_strdup (matter->number);
  cells[CASE_CODE].text = g_strdup (matter->case_code);
  cells[TYPE].text = g_strdup (type != NULL ? type->label : NULL);
  cells[TITLE].text = g_strdup (matter->title);
  cells[STATE].text = g_strdup (gw_state_label (matter->state));
  cells[SOURCE].text = g_strdup (gw_term_label (matter->source));
  cells[LEVEL].number = matter->level;
  cells[URGENCY].text = g_strdup (gw_term_label (gw_urgency_id (matter->urgency)));
  cells[AREA_CODE].text = g_strdup (area != NULL ? area->code : NULL);
  cells[AREA].text = area != NULL ? gw_area_tree_path (job->tree, area->id, " › ") : NULL;
  cells[ADDRESS].text = g_strdup (matter->address);
  cells[LON].number = matter->has_point ? matter->x / 1e7 : 0;
  cells[LAT].number = matter->has_point ? matter->y / 1e7 : 0;
  cells[REPORTED].time = matter->reported;
  cells[DUE].time = matter->due;
  cells[CLOSED].time = matter->closed;
  cells[LEAD].text = g_strdup (org_name (job, matter->lead_org));
}

void
gw_export_sheet_fill (const GwExportSheet *self, const GwMatter *matter, GwExportCell *cells)
{
  guint n = N_OWN;

  fill_own (self, matter, cells);
  for (guint i = 0; self->type != NULL && i < self->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->type->fields, i);
      const char *value =
          matter->values != NULL ? g_hash_table_lookup (matter->values, field->id) : NULL;

      if (!is_listed (field))
        continue;
      cells[n++].text = value != NULL ? gw_field_spec_display (field, self->type, value) : NULL;
    }
  if (gw_store_is_demo (self->job->store))
    cells[n].text = g_strdup (_ ("Demonstration data"));
}

void
gw_export_cells_clear (GwExportCell *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (cells[i].text);
      cells[i] = (GwExportCell){ 0 };
    }
}
