/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-intake.h"

#include "gw-error.h"
#include "gw-free-text.h"
#include "gw-text.h"
#include "gw-type-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SERIALISED (1u << 20)
#define MAX_DEGREE_E7 1800000000

GwIntake *
gw_intake_new (const char *type)
{
  GwIntake *self = g_new0 (GwIntake, 1);

  self->type = g_strdup (type);
  self->level = 1;
  self->urgency = GW_URGENCY_NORMAL;
  self->severity = GW_SEVERITY_GENERAL;
  self->sensitivity = GW_SENSITIVITY_INTERNAL;
  self->precision = GW_PRECISION_GRID;
  self->values = gw_values_new ();
  return self;
}

GwIntake *
gw_intake_copy (const GwIntake *self)
{
  GwIntake *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->type = g_strdup (self->type);
  copy->title = g_strdup (self->title);
  copy->summary = g_strdup (self->summary);
  copy->source = g_strdup (self->source);
  copy->address = g_strdup (self->address);
  copy->values = gw_values_copy (self->values);
  return copy;
}

void
gw_intake_free (GwIntake *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->source);
  g_free (self->address);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_free (self);
}

/* The texts and the numbers of an intake by name, so that writing, reading and comparing are loops
 * over one list each. */
static const struct
{
  const char *key;
  gsize offset;
} texts[] = {
  { "type", G_STRUCT_OFFSET (GwIntake, type) },
  { "title", G_STRUCT_OFFSET (GwIntake, title) },
  { "summary", G_STRUCT_OFFSET (GwIntake, summary) },
  { "source", G_STRUCT_OFFSET (GwIntake, source) },
  { "address", G_STRUCT_OFFSET (GwIntake, address) },
};

static char **
text_at (const GwIntake *self, guint i)
{
  return (char **)G_STRUCT_MEMBER_P (self, texts[i].offset);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, so that equal intakes are equal texts. */
static GVariant *
serialise_values (GHashTable *values)
{
  guint n = 0;
  g_autofree const char **names =
      values == NULL ? NULL : (const char **)g_hash_table_get_keys_as_array (values, &n);
  GVariantBuilder builder;

  if (n > 0)
    qsort (names, n, sizeof *names, compare_names);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < n; i++)
    {
      const char *value = g_hash_table_lookup (values, names[i]);

      if (value != NULL)
        g_variant_builder_add (&builder, "{ss}", names[i], value);
    }
  return g_variant_builder_end (&builder);
}

char *
gw_intake_serialise (const GwIntake *self)
{
  g_autoptr (GVariant) whole = NULL;
  GVariantBuilder builder;

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*text_at (self, i) != NULL)
      g_variant_builder_add (&builder, "{sv}", texts[i].key,
                             g_variant_new_string (*text_at (self, i)));
  g_variant_builder_add (&builder, "{sv}", "level", g_variant_new_int32 (self->level));
  g_variant_builder_add (&builder, "{sv}", "urgency", g_variant_new_uint32 (self->urgency));
  g_variant_builder_add (&builder, "{sv}", "severity", g_variant_new_uint32 (self->severity));
  g_variant_builder_add (&builder, "{sv}", "sensitivity", g_variant_new_uint32 (self->sensitivity));
  g_variant_builder_add (&builder, "{sv}", "precision", g_variant_new_uint32 (self->precision));
  g_variant_builder_add (&builder, "{sv}", "area", g_variant_new_uint32 (self->area));
  g_variant_builder_add (&builder, "{sv}", "occurred", g_variant_new_int64 (self->occurred));
  if (self->has_point)
    g_variant_builder_add (&builder, "{sv}", "point", g_variant_new ("(ii)", self->x, self->y));
  g_variant_builder_add (&builder, "{sv}", "values", serialise_values (self->values));
  whole = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (whole, FALSE);
}

static gboolean
malformed (GError **error, const char *what)
{
  return gw_throw (error, GW_ERROR_INVALID, "reading an intake: %s", what);
}

/* A number out of its enum must not get into a struct whose readers index tables with it. */
static gboolean
read_enum (GVariant *whole, const char *key, guint32 min, guint32 max, guint *value, GError **error)
{
  guint32 read;

  if (!g_variant_lookup (whole, key, "u", &read))
    return TRUE;
  if (read < min || read > max)
    return malformed (error, key);
  *value = read;
  return TRUE;
}

static gboolean
read_enums (GwIntake *self, GVariant *whole, GError **error)
{
  guint urgency = self->urgency, severity = self->severity;
  guint sensitivity = self->sensitivity, precision = self->precision;

  if (!read_enum (whole, "urgency", GW_URGENCY_NORMAL, GW_URGENCY_EMERGENCY, &urgency, error) ||
      !read_enum (whole, "severity", GW_SEVERITY_GENERAL, GW_SEVERITY_VERY_SERIOUS, &severity,
                  error) ||
      !read_enum (whole, "sensitivity", GW_SENSITIVITY_INTERNAL, GW_SENSITIVITY_RESTRICTED,
                  &sensitivity, error) ||
      !read_enum (whole, "precision", GW_PRECISION_EXACT, GW_PRECISION_COMMUNITY, &precision,
                  error))
    return FALSE;
  self->urgency = (GwUrgency)urgency;
  self->severity = (GwSeverity)severity;
  self->sensitivity = (GwSensitivity)sensitivity;
  self->precision = (GwPrecision)precision;
  return TRUE;
}

static void
read_values (GwIntake *self, GVariant *whole)
{
  g_autoptr (GVariant) values = g_variant_lookup_value (whole, "values", G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *name, *value;

  if (values == NULL)
    return;
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    g_hash_table_insert (self->values, g_strdup (name), g_strdup (value));
}

GwIntake *
gw_intake_parse (const char *text, GError **error)
{
  g_autoptr (GVariant) whole = NULL;
  g_autoptr (GwIntake) self = NULL;

  if (text == NULL || strnlen (text, MAX_SERIALISED + 1) > MAX_SERIALISED ||
      !g_utf8_validate (text, -1, NULL))
    return gw_throw_null (error, GW_ERROR_INVALID, "reading an intake: too long or no text");
  whole = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  if (whole == NULL)
    return gw_throw_null (error, GW_ERROR_INVALID, "reading an intake: not of the form a{sv}");

  self = gw_intake_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    (void)g_variant_lookup (whole, texts[i].key, "s", text_at (self, i));
  (void)g_variant_lookup (whole, "level", "i", &self->level);
  (void)g_variant_lookup (whole, "area", "u", &self->area);
  (void)g_variant_lookup (whole, "occurred", "x", &self->occurred);
  self->has_point = g_variant_lookup (whole, "point", "(ii)", &self->x, &self->y);
  read_values (self, whole);
  return read_enums (self, whole, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
gw_intake_equal (const GwIntake *a, const GwIntake *b)
{
  g_autofree char *one = gw_intake_serialise (a);
  g_autofree char *other = gw_intake_serialise (b);

  return g_str_equal (one, other);
}

static gboolean
broken (GError **error, const char *label, const char *reason)
{
  return gw_throw (error, GW_ERROR_INVALID, "%s: %s", label, reason);
}

static gboolean
check_text (
    const char *label, const char *text, gsize max_length, gboolean required, GError **error)
{
  if (text == NULL || gw_text_is_blank (text))
    return !required || broken (error, label, _ ("a value is required; fill it in"));
  return gw_free_text_check (label, text, max_length, FALSE, error);
}

static gboolean
check_record (const GwIntake *self, GError **error)
{
  if (!check_text (_ ("Title"), self->title, GW_INTAKE_MAX_TITLE, TRUE, error) ||
      !check_text (_ ("Summary"), self->summary, GW_INTAKE_MAX_SUMMARY, TRUE, error) ||
      !check_text (_ ("Address"), self->address, GW_INTAKE_MAX_ADDRESS, FALSE, error))
    return FALSE;
  if (!gw_term_is_in (gw_sources (), self->source))
    return broken (error, _ ("Source"), _ ("choose where the matter comes from"));
  if (self->level < 1 || self->level > 3)
    return broken (error, _ ("Level"), _ ("choose community, township or district"));
  if (self->area == GW_AREA_NONE)
    return broken (error, _ ("Area"), _ ("choose an area, or a point on the map"));
  if (self->has_point &&
      (ABS ((gint64)self->x) > MAX_DEGREE_E7 || ABS ((gint64)self->y) > MAX_DEGREE_E7 / 2))
    return broken (error, _ ("Point"), _ ("it does not lie on the earth; choose it anew"));
  return TRUE;
}

/* An unknown name is a mistake of whoever wrote the request; keeping it silently would lose it. */
static gboolean
check_names (const GwIntake *self, const GwTypeSpec *type, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  if (self->values == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (gw_type_spec_find_field (type, name) == NULL)
      return gw_throw (error, GW_ERROR_INVALID, _ ("%s has no field “%s”; check the name"),
                       type->label, (const char *)name);
  return TRUE;
}

static gboolean
check_values (const GwIntake *self, const GwTypeSpec *type, GHashTable *canonical, GError **error)
{
  for (guint i = 0; i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      const char *text =
          self->values == NULL ? NULL : g_hash_table_lookup (self->values, field->id);
      g_autofree char *value = NULL;

      if (!gw_field_spec_check (field, type, text, &value, error))
        return FALSE;
      if (value != NULL)
        g_hash_table_insert (canonical, g_strdup (field->id), g_steal_pointer (&value));
    }
  return gw_type_spec_check_values (type, canonical, NULL, error);
}

static gboolean
check_all (const GwIntake *self, const GwTypeSpec *type, GHashTable *canonical, GError **error)
{
  if (g_strcmp0 (self->type, type->key) != 0)
    return gw_throw (error, GW_ERROR_INVALID, _ ("this is no matter of the type %s"), type->label);
  return check_record (self, error) && check_names (self, type, error) &&
         check_values (self, type, canonical, error);
}

gboolean
gw_intake_check (const GwIntake *self, const GwTypeSpec *type, GError **error)
{
  g_autoptr (GHashTable) canonical = gw_values_new ();

  g_return_val_if_fail (self != NULL && type != NULL, FALSE);

  return check_all (self, type, canonical, error);
}

static void
replace_text (char **text, char *(*tidy) (const char *))
{
  g_autofree char *old = g_steal_pointer (text);

  if (old != NULL && !gw_text_is_blank (old))
    *text = tidy (old);
}

gboolean
gw_intake_canonicalise (GwIntake *self, const GwTypeSpec *type, GError **error)
{
  g_autoptr (GHashTable) canonical = gw_values_new ();

  g_return_val_if_fail (self != NULL && type != NULL, FALSE);

  if (!check_all (self, type, canonical, error))
    return FALSE;
  replace_text (&self->title, gw_text_tidy);
  replace_text (&self->summary, gw_free_text_tidy);
  replace_text (&self->address, gw_text_tidy);
  g_clear_pointer (&self->values, g_hash_table_unref);
  self->values = g_steal_pointer (&canonical);
  return TRUE;
}
