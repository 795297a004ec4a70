/* SPDX-License-Identifier: MIT */
/* Plugin interface of Gridwork, major 0 (not frozen yet; 1 once three modules use every table).
 *
 * A module is one shared library that exports one constant, gw_plugin_0, and carries an ELF note
 * with the numbers of the interface it was built for, so that the program can refuse a foreign one
 * before any code of it runs. Most modules are tables only and link nothing.
 *
 * Rules that hold everywhere:
 *  - strings are UTF-8; labels are message ids of @gettext_domain;
 *  - tables are static and const; the program copies them while it loads the module;
 *  - structs grow at their end only; bytes that this program does not know must be zero, else the
 *    module is refused with the name of the table and its row;
 *  - [main] the GTK thread, [worker] a thread of the program, [any] both. Nothing may block [main];
 *  - a field says its privacy class or is refused. */
#ifndef GW_PLUGIN_H
#define GW_PLUGIN_H

#include <gio/gio.h>
#include <stddef.h>

G_BEGIN_DECLS

/**
 * GW_ABI_MAJOR:
 *
 * Number of the interface: a module of another major is refused. GW_ABI_MINOR counts what was
 * appended since; a newer minor is refused only where a module uses what the program does not know.
 */
#define GW_ABI_MAJOR 0u
#define GW_ABI_MINOR 1u

/* ---- tables that know the size of their rows ---------------------------------------------- */

/**
 * GwTable:
 * @items: (nullable): the rows, one after the other
 * @n_items: how many
 * @item_size: bytes of one row in the eyes of the module
 *
 * Rows that know their size, so that both an older and a newer module can be read.
 */
typedef struct
{
  const void *items;
  guint32 n_items;
  guint32 item_size;
} GwTable;

/**
 * GW_TABLE:
 * @Type: type of a row
 * @array: a constant array of them
 *
 * GW_TABLE (GwField, fields): initialiser of a GwTable. Wrong row types do not compile in C.
 */
/* The releases of clang-format disagree on braces of macros. */
/* clang-format off */
#ifdef __cplusplus
#define GW_TABLE(Type, array) \
  { (array), G_N_ELEMENTS (array), sizeof (Type) }
#else
#define GW_TABLE(Type, array) \
  { _Generic (&(array)[0], const Type * : (array)), G_N_ELEMENTS (array), sizeof (Type) }
#endif
/* clang-format on */

/**
 * GW_HAS:
 * @pointer: (nullable): a struct that begins with struct_size
 * @member: a member of it
 *
 * TRUE when the peer's struct is new enough to have @member and it is set.
 */
#define GW_HAS(pointer, member) \
  ((pointer) != NULL && \
   (pointer)->struct_size >= \
       G_STRUCT_OFFSET (__typeof__ (*(pointer)), member) + sizeof ((pointer)->member) && \
   (pointer)->member)

/* ---- vocabulary; members hold guint32 ------------------------------------------------------ */

/**
 * GwFieldKind:
 *
 * What a field holds, and with it how it is entered, checked, shown and exported.
 */
typedef enum
{
  GW_TEXT = 1, /* one line */
  GW_LONGTEXT, /* paragraphs */
  GW_INT,
  GW_REAL,
  GW_BOOL,
  GW_DATE,  /* civil day */
  GW_TIME,  /* moment */
  GW_CODE,  /* one of a code list */
  GW_CODES, /* several of a code list */
  GW_REF,   /* another record */
  GW_PLACE,
  GW_FILES,
} GwFieldKind;

/**
 * GwFieldFlags:
 *
 * What else holds for a field; bits that the program does not know are refused.
 */
typedef enum
{
  GW_REQUIRED = 1u << 0,
  GW_IN_LIST = 1u << 1, /* a column of lists and exports */
  GW_SEARCH = 1u << 2,  /* in the full-text index; OPEN and INTERNAL only */
  GW_UNIQUE = 1u << 3,
  GW_READONLY = 1u << 4,
} GwFieldFlags;

/**
 * GwPrivacy:
 *
 * Who sees a field and where it may go. There is no default.
 */
typedef enum
{
  GW_PRIVACY_UNSET = 0,  /* refused: the author has to decide */
  GW_PRIVACY_OPEN,       /* aggregates, maps, exports */
  GW_PRIVACY_INTERNAL,   /* staff */
  GW_PRIVACY_RESTRICTED, /* handlers of the matter; masked elsewhere, in no list, search, export */
  GW_PRIVACY_VAULT,      /* contact of a person: sealed, with purpose and expiry */
} GwPrivacy;

/**
 * GwDirection:
 *
 * Which way of an indicator is the good one.
 */
typedef enum
{
  GW_HIGHER_IS_BETTER = 1,
  GW_LOWER_IS_BETTER,
  GW_NEAR_TARGET,
} GwDirection;

/**
 * GwLayerKind:
 *
 * How a layer is drawn.
 */
typedef enum
{
  GW_LAYER_POINTS = 1,
  GW_LAYER_AREAS,
  GW_LAYER_HEAT,
} GwLayerKind;

/* ---- what a module declares ---------------------------------------------------------------- */

/**
 * GwCode:
 *
 * One entry of a code list. A code never changes its meaning: what falls out of use is retired.
 */
typedef struct
{
  const char *code, *label;
  const char *parent;  /* nullable: a code of the same list */
  const char *aliases; /* nullable: other words of files, parted by "|" */
  guint32 rank;
  guint32 retired; /* not offered any more, stays readable */
} GwCode;

/**
 * GwCodeList:
 *
 * Codes to choose from. A parent stands before its children.
 */
typedef struct
{
  const char *id, *label;
  GwTable codes; /* GwCode */
} GwCodeList;

/**
 * GwField:
 *
 * One field of a record: a column of its table, a row of its form. kind, flags and privacy hold
 * values of GwFieldKind, GwFieldFlags and GwPrivacy.
 */
typedef struct
{
  const char *id, *label;
  const char *help; /* nullable */
  guint32 kind, flags, privacy;
  guint32 max_len;    /* characters; 0 = the kind's own limit */
  const char *target; /* code list of CODE(S), record type of REF */
  double min, max;    /* not used while both are 0 */
} GwField;

/**
 * GwRecordType:
 *
 * A kind of matter. The program makes its table m_(ns)_(id), its form, its lists and its export.
 */
typedef struct
{
  const char *id; /* [a-z][a-z0-9_]*, part of the table's name */
  const char *label, *label_plural;
  const char *icon;        /* nullable: icon name */
  const char *number_code; /* three capitals of the number: 510903-DIS-2026-000001 */
  guint32 version;         /* raise when fields change */
  guint32 reserved;
  GwTable fields; /* GwField */
} GwRecordType;

/**
 * GwImportColumn:
 *
 * One column of a foreign table. field is a field of the record type or one of the matter's own:
 * title summary source level urgency severity occurred reported address area_code area_name lon lat
 * external_id place note. A place is the name of a spot or an area: it leads the address, and where
 * a row has no other place its area is found by it. A note is kept with the first entry of the
 * timeline.
 */
typedef struct
{
  const char *field;
  const char *headers; /* words of the header row, parted by "|" */
  const char *convert; /* nullable: reserved for callbacks */
} GwImportColumn;

/**
 * GwImport:
 *
 * A table that others send, told by the words of its header row.
 */
typedef struct
{
  const char *id, *label;
  const char *record_type;
  GwTable columns; /* GwImportColumn */
} GwImport;

/**
 * GwIndicator:
 *
 * A figure. expression is count(FILTER), optionally over count(FILTER), optionally times a number
 * in front: "100 * count(type=risk.dispute/dispute state=closed) /
 * count(type=risk.dispute/dispute)".
 */
typedef struct
{
  const char *id, *label;
  const char *unit; /* label of the measure word, "%" for shares */
  const char *expression;
  double target; /* 0 = none */
  guint32 direction, decimals;
  guint32 min_cell; /* smaller cells are hidden in publications */
  guint32 reserved;
} GwIndicator;

/**
 * GwLayer:
 *
 * An area layer: expression, as that of an indicator, for each area of the level the map shows.
 */
typedef struct
{
  const char *id, *label;
  const char *expression;
  const char *palette; /* "sequential", "diverging" */
  guint32 kind, classes;
} GwLayer;

/**
 * GwModule:
 *
 * Everything a module declares; each table may be empty.
 */
typedef struct
{
  guint32 struct_size;
  guint32 schema_version;
  const char *ns;    /* [a-z][a-z0-9]{1,11}: owns the tables m_<ns>_* */
  const char *group; /* "core" "base" "risk" "gov" */
  guint32 order;     /* place inside the group, from 1 */
  guint32 reserved;
  GwTable code_lists;   /* GwCodeList */
  GwTable record_types; /* GwRecordType */
  GwTable imports;      /* GwImport */
  GwTable indicators;   /* GwIndicator */
  GwTable layers;       /* GwLayer */
} GwModule;

/* ---- what the program offers --------------------------------------------------------------- */

/**
 * GwHost:
 *
 * The program in the eyes of a module. What it offers is asked for by name, so that a module that
 * can do without an interface runs in a program without it.
 */
typedef struct _GwHost GwHost;
struct _GwHost
{
  guint32 struct_size;
  guint16 abi_major, abi_minor;
  const char *name, *version;
  /* [any] An interface of the program by its id ("gw.clock/1"), or NULL; lent until deactivate. */
  const void *(*get_interface) (GwHost *self, const char *interface_id);
};

#define GW_HOST_LOG_ID "gw.log/1"

/**
 * GwHostLog:
 *
 * Messages of a module, marked with its id. Not for what a user has to know: that is a GError.
 */
typedef struct
{
  guint32 struct_size, reserved;
  void (*log) (GwHost *host, GLogLevelFlags level, const char *message); /* [any] */
} GwHostLog;

#define GW_HOST_CLOCK_ID "gw.clock/1"

/**
 * GwHostClock:
 *
 * The time of the program, which need not be the machine's.
 */
typedef struct
{
  guint32 struct_size, reserved;
  gint64 (*now) (GwHost *host); /* [any] UTC seconds; a test clock in tests */
} GwHostClock;

/* ---- the one exported symbol --------------------------------------------------------------- */

/**
 * GwPlugin:
 *
 * The one symbol of a module; written by GW_PLUGIN. activate may refuse with an error; deactivate
 * is called once for each success of it, and frees the state.
 */
typedef struct _GwPlugin GwPlugin;
struct _GwPlugin
{
  guint32 struct_size;
  guint16 abi_major, abi_minor;
  const char *id, *version; /* the same text as in the note */
  const char *name, *summary, *license, *homepage;
  const char *gettext_domain; /* nullable: labels stay as they are */
  const GwModule *module;
  /* All nullable; a module of tables has none. [main] */
  gboolean (*activate) (const GwPlugin *self, GwHost *host, gpointer *state, GError **error);
  void (*deactivate) (const GwPlugin *self, GwHost *host, gpointer state);
  const void *(*get_extension) (const GwPlugin *self, const char *extension_id); /* [any] */
};

/**
 * GwNote:
 *
 * Who the module is and which interface it was built for; read from the file without loading it.
 */
typedef struct
{
  guint32 namesz, descsz, type;
  char owner[12];
  guint16 abi_major, abi_minor;
  guint32 plugin_size;
  char id[64], version[16];
} GwNote;

#define GW_NOTE_OWNER "Gridwork"
#define GW_NOTE_TYPE 0x47570001u
#define GW_SYMBOL_NAME "gw_plugin_0"

/**
 * GW_PLUGIN:
 * @ID: id of the module, "risk.dispute"
 * @VERSION: its own version
 * @...: members of GwPlugin, .name = "Social disputes" and so on
 *
 * Stands once, at the end of the module: writes its note and exports its symbol.
 */
#define GW_PLUGIN(ID, VERSION, ...) \
  __attribute__ ((section (".note.gridwork"), used, \
                  aligned (4))) static const GwNote gw_plugin_note_ = { \
    sizeof (GW_NOTE_OWNER), \
    sizeof (GwNote) - G_STRUCT_OFFSET (GwNote, abi_major), \
    GW_NOTE_TYPE, \
    GW_NOTE_OWNER, \
    GW_ABI_MAJOR, \
    GW_ABI_MINOR, \
    sizeof (GwPlugin), \
    ID, \
    VERSION \
  }; \
  extern const GwPlugin gw_plugin_0; \
  __attribute__ ((visibility ("default"))) \
  const GwPlugin gw_plugin_0 = { .struct_size = sizeof (GwPlugin), \
                                 .abi_major = GW_ABI_MAJOR, \
                                 .abi_minor = GW_ABI_MINOR, \
                                 .id = ID, \
                                 .version = VERSION, \
                                 __VA_ARGS__ }

G_END_DECLS

#endif
