/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a module declares, as the program's own copy ("Spec"): host fills it from the ABI tables,
 * store keeps a description of it, so that rows stay readable without the module. */

#include "gw-limit.h"

G_BEGIN_DECLS

typedef enum
{
  GW_FIELD_TEXT = 1,
  GW_FIELD_LONGTEXT,
  GW_FIELD_INT,
  GW_FIELD_REAL,
  GW_FIELD_BOOL,
  GW_FIELD_DATE,
  GW_FIELD_TIME,
  GW_FIELD_CODE,
  GW_FIELD_CODES,
  GW_FIELD_REF,
  GW_FIELD_PLACE,
  GW_FIELD_FILES
} GwFieldType; /* numbers equal the ABI's */
typedef enum
{
  GW_CLASS_OPEN = 1,
  GW_CLASS_INTERNAL,
  GW_CLASS_RESTRICTED,
  GW_CLASS_VAULT
} GwPrivacyClass;
typedef enum
{
  GW_FIELD_REQUIRED = 1 << 0,
  GW_FIELD_IN_LIST = 1 << 1,
  GW_FIELD_SEARCH = 1 << 2,
  GW_FIELD_UNIQUE = 1 << 3,
  GW_FIELD_READONLY = 1 << 4
} GwFieldFlag;

typedef struct
{
  char *code, *label, *parent;
  guint32 rank;
  gboolean retired;
} GwCodeSpec; /* owned strings */
typedef struct
{
  char *id, *label;
  GPtrArray *codes; /* GwCodeSpec */
} GwCodeListSpec;

typedef struct
{
  char *id, *label, *help, *target; /* owned; target: code list or record type */
  GwFieldType kind;
  GwPrivacyClass privacy;
  guint32 flags;
  guint max_len;
  double min, max;                       /* ignored while both 0 */
  char *check, *check_message, *show_if; /* owned, nullable: see GwTypeRules */
} GwFieldSpec;

typedef struct
{ /* header aliases of one column of a foreign table */
  char
      *field; /* a field id, or one of the matter's own: title summary source level urgency severity
                 occurred reported address area_code area_name lon lat external_id place note */
  char *headers; /* "|"-separated aliases, zh and en */
  char *convert; /* nullable: "date", "code", "int", "level", "point", ... */
} GwImportColumnSpec;
typedef struct
{
  char *id, *label, *type;
  GPtrArray *columns;
} GwImportSpec;

typedef struct
{
  char *id, *label, *unit;
  char *expression, *sql; /* one of the two */
  double target;
  guint32 direction, decimals, min_cell;
} GwIndicatorSpec;
typedef struct
{
  char *id, *label, *palette;
  char *expression, *sql; /* one of the two */
  guint32 kind, classes;
} GwLayerSpec;

typedef struct
{
  guint32 version;
  char *sql; /* owned */
} GwMigrationSpec;

typedef struct _GwTypeRules GwTypeRules;

typedef struct
{
  char *key;         /* "risk.dispute/dispute" */
  char *module;      /* "risk.dispute" */
  char *table;       /* "m_disp_dispute" */
  char *number_code; /* "DIS" */
  char *label, *label_plural, *icon;
  GPtrArray *fields; /* GwFieldSpec */
  GPtrArray
      *lists; /* GwCodeListSpec used by fields (borrowed from the module spec or owned copy) */
  guint32 version;
  gboolean loaded;    /* FALSE: known only from the file's own description */
  GwTypeRules *rules; /* owned, nullable: of the loaded module alone */
} GwTypeSpec;

typedef struct
{
  char *id; /* "risk.dispute" */
  char *name, *summary, *version, *ns;
  char *group;           /* "core" "base" "risk" "gov": from the id's first part */
  guint32 order;         /* place in the model */
  GPtrArray *lists;      /* GwCodeListSpec */
  GPtrArray *types;      /* GwTypeSpec */
  GPtrArray *migrations; /* GwMigrationSpec, versions rise */
  GPtrArray *imports;    /* GwImportSpec */
  GPtrArray *indicators; /* GwIndicatorSpec */
  GPtrArray *layers;     /* GwLayerSpec */
} GwModuleSpec;          /* immutable once built; refcounted */

GwModuleSpec *gw_module_spec_new (void);
GwModuleSpec *gw_module_spec_ref (GwModuleSpec *self);
void gw_module_spec_unref (GwModuleSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwModuleSpec, gw_module_spec_unref)
GwTypeSpec *gw_type_spec_new (void);
void gw_type_spec_free (GwTypeSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwTypeSpec, gw_type_spec_free)
GwFieldSpec *gw_field_spec_new (void);
void gw_field_spec_free (GwFieldSpec *self);
GwCodeListSpec *gw_code_list_spec_new (void);
void gw_code_list_spec_free (GwCodeListSpec *self);
GwCodeListSpec *gw_code_list_spec_copy (const GwCodeListSpec *self);
GwCodeSpec *gw_code_spec_new (void);
void gw_code_spec_free (GwCodeSpec *self);
GwImportSpec *gw_import_spec_new (void);
void gw_import_spec_free (GwImportSpec *self);
GwImportColumnSpec *gw_import_column_spec_new (void);
void gw_import_column_spec_free (GwImportColumnSpec *self);
GwIndicatorSpec *gw_indicator_spec_new (void);
void gw_indicator_spec_free (GwIndicatorSpec *self);
GwLayerSpec *gw_layer_spec_new (void);
void gw_layer_spec_free (GwLayerSpec *self);
void gw_migration_spec_free (GwMigrationSpec *self);

/* By id; NULL when there is none. Lent as long as @self lives. */
const GwFieldSpec *gw_type_spec_find_field (const GwTypeSpec *self, const char *id);
const GwCodeListSpec *gw_type_spec_find_list (const GwTypeSpec *self, const char *id);
/* The label without the aliases that may stand behind it ("Property|物业|物业服务"), the code when
 * there is none; transfer full. */
char *gw_code_spec_dup_label (const GwCodeSpec *self);
const GwCodeSpec *gw_code_list_spec_find (const GwCodeListSpec *self, const char *code);
/* By code, label or alias text, folded; NULL when none. */
const GwCodeSpec *gw_code_list_spec_match (const GwCodeListSpec *self, const char *text);

/* Description to and from text (a serialised GVariant "a{sv}" printed), so that a file describes
 * its own types. Reading trusts nothing: names that become SQL or file names are checked letter by
 * letter, and whatever is wrong is GW_ERROR_CORRUPT. The result has loaded == FALSE. */
char *gw_type_spec_describe (const GwTypeSpec *self);
GwTypeSpec *gw_type_spec_from_description (const char *text, GError **error);

/* The longest description that is read, the most fields and codes a type may have: a hostile file
 * cannot make the program grow without end. */
#define GW_TYPE_MAX_TEXT (4u << 20)
#define GW_TYPE_MAX_FIELDS 256u
#define GW_TYPE_MAX_CODES 20000u

/* Checks one value against the field: required, kind, range, length, code list, personal data in
 * free text.
 * @text NULL or blank = no value. On success (transfer full) the canonical text in @canonical
 * (nullable out). Dates: "2026-11-24"; times: UTC seconds as decimal; codes: the code; bool:
 * "0"/"1". */
gboolean gw_field_spec_check (const GwFieldSpec *self,
                              const GwTypeSpec *type,
                              const char *text,
                              char **canonical,
                              GError **error);
/* How a canonical value is shown: code -> label, date -> 3月17日 style per locale. Transfer full.
 */
char *gw_field_spec_display (const GwFieldSpec *self,
                             const GwTypeSpec *type,
                             const char *canonical);

G_END_DECLS
