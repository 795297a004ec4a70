/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixtures.h"

guint32
fixture_add_area (
    GPtrArray *areas, guint32 parent, GwAreaLevel level, const char *code, const char *name)
{
  GwArea *area = g_new0 (GwArea, 1);

  area->id = areas->len + 1;
  area->parent = parent;
  area->level = level;
  area->kind = GW_AREA_URBAN;
  area->valid_to = G_MAXINT32;
  area->code = g_strdup (code);
  area->name = g_strdup (name);
  g_ptr_array_add (areas, area);
  return area->id;
}

GwArea *
fixture_area (GPtrArray *areas, guint32 id)
{
  return g_ptr_array_index (areas, id - 1);
}

GwFieldSpec *
fixture_add_field (GwTypeSpec *type, const char *id, GwFieldType kind)
{
  GwFieldSpec *field = gw_field_spec_new ();

  field->id = g_strdup (id);
  field->label = g_strconcat ("The ", id, NULL);
  field->kind = kind;
  if (kind == GW_FIELD_CODE || kind == GW_FIELD_CODES)
    field->target = g_strdup ("numbers");
  g_ptr_array_add (type->fields, field);
  return field;
}

static void
add_code (GwCodeListSpec *list, const char *code, const char *label, gboolean retired)
{
  GwCodeSpec *spec = gw_code_spec_new ();

  spec->code = g_strdup (code);
  spec->label = g_strdup (label);
  spec->retired = retired;
  spec->rank = list->codes->len;
  g_ptr_array_add (list->codes, spec);
}

GwTypeSpec *
fixture_type (void)
{
  GwTypeSpec *type = gw_type_spec_new ();
  GwCodeListSpec *list = gw_code_list_spec_new ();

  type->key = g_strdup ("risk.dispute/dispute");
  type->module = g_strdup ("risk.dispute");
  type->table = g_strdup ("m_disp_dispute");
  type->number_code = g_strdup ("DIS");
  type->label = g_strdup ("Dispute");
  type->label_plural = g_strdup ("Disputes");
  type->version = 3;

  list->id = g_strdup ("numbers");
  list->label = g_strdup ("Numbers");
  add_code (list, "one", "First|物业|物业服务", FALSE);
  add_code (list, "two", "Second", FALSE);
  add_code (list, "old", "Old", TRUE);
  g_ptr_array_add (type->lists, list);

  fixture_add_field (type, "text", GW_FIELD_TEXT);
  fixture_add_field (type, "longtext", GW_FIELD_LONGTEXT);
  fixture_add_field (type, "int", GW_FIELD_INT);
  fixture_add_field (type, "real", GW_FIELD_REAL);
  fixture_add_field (type, "bool", GW_FIELD_BOOL);
  fixture_add_field (type, "date", GW_FIELD_DATE);
  fixture_add_field (type, "time", GW_FIELD_TIME);
  fixture_add_field (type, "code", GW_FIELD_CODE);
  fixture_add_field (type, "codes", GW_FIELD_CODES);
  fixture_add_field (type, "ref", GW_FIELD_REF);
  fixture_add_field (type, "place", GW_FIELD_PLACE);
  fixture_add_field (type, "files", GW_FIELD_FILES);
  return type;
}

GwIntake *
fixture_intake (void)
{
  GwIntake *intake = gw_intake_new ("risk.dispute/dispute");

  intake->title = g_strdup ("楼上漏水纠纷");
  intake->summary = g_strdup ("三楼与二楼因漏水发生争执");
  intake->source = g_strdup ("visit");
  intake->area = 7;
  return intake;
}
