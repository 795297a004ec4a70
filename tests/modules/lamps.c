/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Street lamps: a module of tables alone that uses steps of its own tables, rules over its fields,
 * and figures and a layer by SQL. */
#include "gridwork/gw-plugin.h"

static const GwCode causes[] = {
  { .code = "cable", .label = "Cable" },
  { .code = "lamp", .label = "Lamp" },
  { .code = "other", .label = "Other cause" },
};

static const GwCodeList lists[] = {
  { "cause", "Cause", GW_TABLE (GwCode, causes) },
};

static const GwField fields[] = {
  { .id = "cause",
    .label = "Cause",
    .kind = GW_CODE,
    .target = "cause",
    .privacy = GW_PRIVACY_OPEN },
  { .id = "cause_text",
    .label = "Which cause",
    .kind = GW_TEXT,
    .privacy = GW_PRIVACY_INTERNAL,
    .show_if = "cause = 'other'",
    .check = "cause_text IS NOT NULL OR cause IS NOT 'other'",
    .check_message = "say what the other cause is" },
  { .id = "lamps",
    .label = "Lamps",
    .kind = GW_INT,
    .min = 1,
    .max = 500,
    .privacy = GW_PRIVACY_OPEN },
  { .id = "broken", .label = "Dark since", .kind = GW_DATE, .privacy = GW_PRIVACY_OPEN },
  { .id = "lit",
    .label = "Lit again",
    .kind = GW_DATE,
    .privacy = GW_PRIVACY_OPEN,
    .check = "lit >= broken -- a day is a text\n",
    .check_message = "this day lies before the day it went dark" },
  { .id = "key_place",
    .label = "Where the key is",
    .kind = GW_TEXT,
    .privacy = GW_PRIVACY_RESTRICTED },
};

static const GwRecordType types[] = {
  { .id = "lamp",
    .label = "Street lamp",
    .label_plural = "Street lamps",
    .number_code = "LMP",
    .version = 1,
    .fields = GW_TABLE (GwField, fields) },
};

static const GwImportColumn columns[] = {
  { .field = "title", .headers = "title" },   { .field = "area_code", .headers = "area" },
  { .field = "cause", .headers = "cause" },   { .field = "cause_text", .headers = "cause text" },
  { .field = "broken", .headers = "broken" }, { .field = "lit", .headers = "lit" },
};

static const GwImport imports[] = {
  { "sheet", "Street lamps", "lamp", GW_TABLE (GwImportColumn, columns) },
};

#ifdef FAULT_STEP
#define SECOND "CREATE INDEX {ns}_round (day)"
#elif defined(FAULT_TRIGGER)
#define SECOND "CREATE TRIGGER {ns}_spy AFTER INSERT ON matter BEGIN SELECT 1; END"
#elif defined(FAULT_RENAME)
#define SECOND "ALTER TABLE {ns}_stock RENAME TO stock"
#elif defined(FAULT_WRITE)
#define SECOND "UPDATE matter SET state = 9"
#elif defined(EDITED_STEP)
#define SECOND "CREATE TABLE {ns}_round (day INTEGER, who TEXT) STRICT"
#else
#define SECOND "CREATE TABLE {ns}_round (day INTEGER) STRICT"
#endif

static const GwMigration migrations[] = {
  { .version = 1,
    .sql = "CREATE TABLE {ns}_stock (area INTEGER PRIMARY KEY, lamps INTEGER NOT NULL) STRICT;"
           "INSERT INTO {ns}_stock SELECT id, 100 FROM area WHERE level = 2;"
           "CREATE INDEX {ns}_stock_lamps ON {ns}_stock (lamps);" },
  { .version = 2, .sql = SECOND },
};

#ifdef FAULT_PRIVATE
#define DARK "SELECT area AS area_id, count(title) AS num FROM matter"
#elif defined(FAULT_FIGURE)
#define DARK "SELECT area AS area_id, key_place AS num FROM matter JOIN m_lmp_lamp USING (id)"
#else
#define DARK \
  "SELECT m.area AS area_id, l.lamps AS num FROM matter m JOIN m_lmp_lamp l USING (id) " \
  "WHERE (:from IS NULL OR m.reported >= :from) AND (:to IS NULL OR m.reported < :to)"
#endif

static const GwIndicator indicators[] = {
  { .id = "lmp.dark",
    .label = "Lamps dark",
    .unit = "lamps",
    .sql = DARK,
    .direction = GW_LOWER_IS_BETTER },
  { .id = "lmp.stock",
    .label = "Share of lamps that are dark",
    .unit = "%",
    .sql = "SELECT area AS area_id, 0 AS num, lamps AS den FROM m_lmp_stock UNION ALL "
           "SELECT m.area, l.lamps, 0 FROM matter m JOIN m_lmp_lamp l USING (id)",
    .direction = GW_LOWER_IS_BETTER,
    .decimals = 2 },
};

static const GwLayer layers[] = {
  { .id = "lmp.stock.area",
    .label = "Lamps in stock",
    .sql = "SELECT area AS area_id, lamps AS num FROM m_lmp_stock",
    .palette = "sequential",
    .kind = GW_LAYER_AREAS,
    .classes = 5 },
};

static const GwModule module = {
  .struct_size = sizeof (GwModule),
  .schema_version = 1,
  .ns = "lmp",
  .group = "base",
  .order = 9,
  .code_lists = GW_TABLE (GwCodeList, lists),
  .record_types = GW_TABLE (GwRecordType, types),
  .imports = GW_TABLE (GwImport, imports),
  .indicators = GW_TABLE (GwIndicator, indicators),
  .layers = GW_TABLE (GwLayer, layers),
  .migrations = GW_TABLE (GwMigration, migrations),
};

GW_PLUGIN ("test.lamps",
           "1.0",
           .name = "Street lamps",
           .summary = "A module for tests",
           .license = "MIT",
           .module = &module);
