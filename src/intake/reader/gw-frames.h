/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The wire between gridwork-reader and the program, protocol 1. Pure C, shared by both sides.
 *
 * The reader writes frames to one pipe; nothing travels the other way. A frame is
 *
 *     u32 length of the payload   u8 type   u8 0   u16 0   payload
 *
 * and every number is little endian, nothing is aligned. The order is
 *
 *     HELLO (HEADER)? (ROWS | SHAPE | PROBLEM | PROGRESS)* END
 *
 * where PROBLEM may also come before HEADER, because the header is chosen after a look at the rows
 * below it, and a PROBLEM of severity FATAL replaces all that would follow, END included. Text is
 * UTF-8 without NUL; "string" is u32 length, bytes, one NUL. The reader is not trusted: whoever
 * reads checks each length and limit below, and the text.
 *
 *   HELLO     u32 magic, u16 protocol, u8 format, u8 encoding, u8 encoding reason, u8 byte order
 *             mark, u8 separator, u8 geometry, u64 input bytes, string crs, u32 chosen sheet,
 *             u32 sheets, per sheet: u8 hidden, string name
 *   HEADER    as ROWS with exactly one row: the row taken for column names
 *   ROWS      u32 rows, u32 cells, u32 text bytes,
 *             per row:  u64 source row (from 1), u32 cells, u32 row flags,
 *             per cell: u32 = cell flags << 24 | length, for all rows in order,
 *             text: for each cell its bytes and one NUL
 *   SHAPE     u64 source row, u32 length, that many bytes of ISO WKB; follows the ROWS it is part
 * of PROBLEM   u8 severity, u8 arguments, u16 code, u64 row (0: whole file), u32 column (0: whole
 *             row), per argument: string
 *   PROGRESS  u64 bytes of the input read so far; never falls
 *   END       u64 rows sent, u64 problems found (may be more than were sent), u8 stopped early
 */

#include <stdint.h>

#define GW_FRAME_MAGIC 0x44525747u /* "GWRD" */
#define GW_FRAME_PROTOCOL 1
#define GW_FRAME_HEAD_BYTES 8

/* Limits of security.md 3.7; both sides check them. */
#define GW_FRAME_MAX_PAYLOAD (4u << 20)
#define GW_FRAME_MAX_ROWS 5000000u      /* rows of one file */
#define GW_FRAME_MAX_COLUMNS 256u       /* cells of one row */
#define GW_FRAME_MAX_CELL (64u << 10)   /* bytes of one cell */
#define GW_FRAME_MAX_ROW (1u << 20)     /* bytes of all cells of one row */
#define GW_FRAME_MAX_BATCH_ROWS 4096u   /* rows of one ROWS frame */
#define GW_FRAME_MAX_BATCH_CELLS 65536u /* cells of one ROWS frame */
#define GW_FRAME_MAX_SHEETS 200u
#define GW_FRAME_MAX_NAME 1024u /* bytes of a sheet or CRS name or a problem's argument */
#define GW_FRAME_MAX_ARGUMENTS 4u
#define GW_FRAME_MAX_PROBLEMS 1000u /* PROBLEM frames of one file; the rest is only counted */
#define GW_FRAME_MAX_SHAPE (2u << 20)

typedef enum
{
  GW_FRAME_HELLO = 1,
  GW_FRAME_HEADER = 2,
  GW_FRAME_ROWS = 3,
  GW_FRAME_SHAPE = 4,
  GW_FRAME_PROBLEM = 5,
  GW_FRAME_PROGRESS = 6,
  GW_FRAME_END = 7,
} GwFrameType;

typedef enum
{
  GW_READER_AUTO = 0, /* only as a hint; HELLO names a real one */
  GW_READER_CSV = 1,
  GW_READER_XLSX = 2,
  GW_READER_GEOJSON = 3,
  GW_READER_GEOPACKAGE = 4,
  GW_READER_SHAPEFILE = 5, /* as one zip archive */
} GwReaderFormat;
#define GW_READER_N_FORMATS 6

typedef enum
{
  GW_ENCODING_AUTO = 0, /* only as a hint */
  GW_ENCODING_UTF8 = 1,
  GW_ENCODING_GB18030 = 2,
  GW_ENCODING_UTF16LE = 3,
  GW_ENCODING_UTF16BE = 4,
} GwReaderEncoding;
#define GW_READER_N_ENCODINGS 5

/* Why the reader took this encoding. */
typedef enum
{
  GW_REASON_FORMAT = 0, /* the format prescribes it (XLSX, GeoPackage, ...) */
  GW_REASON_ASKED = 1,  /* the caller said so */
  GW_REASON_BYTE_ORDER_MARK = 2,
  GW_REASON_ASCII = 3,      /* only ASCII, so it does not matter */
  GW_REASON_VALID_UTF8 = 4, /* the first text beyond ASCII is well-formed UTF-8 */
  GW_REASON_NOT_UTF8 = 5,   /* not UTF-8, but well-formed GB18030 */
  GW_REASON_ZERO_BYTES = 6, /* every other byte of the ASCII characters is zero: UTF-16 */
} GwReaderReason;
#define GW_READER_N_REASONS 7

typedef enum
{
  GW_GEOMETRY_NONE = 0,
  GW_GEOMETRY_POINT = 1, /* the last two columns are named "lon" and "lat" */
  GW_GEOMETRY_SHAPE = 2, /* one SHAPE frame a row, "lon" and "lat" hold a point inside */
} GwReaderGeometry;
#define GW_READER_N_GEOMETRIES 3

typedef enum
{
  GW_CELL_FORMULA = 1 << 0,  /* computed by a formula; the text is the value the file remembers */
  GW_CELL_MERGED = 1 << 1,   /* part of a merged range; only its first cell holds the text */
  GW_CELL_ERROR = 1 << 2,    /* a spreadsheet error such as #N/A */
  GW_CELL_BAD_TEXT = 1 << 3, /* bytes that are no text became U+FFFD */
  GW_CELL_DATE = 1 << 4,     /* a date of a spreadsheet, as ISO text */
  GW_CELL_NUMBER = 1 << 5,   /* held as a number, so leading zeros and digits beyond 15 are gone */
  GW_CELL_BOOLEAN = 1 << 6,  /* "TRUE" or "FALSE" */
  GW_CELL_QUOTED = 1 << 7,   /* stood in quotes in a CSV file */
} GwCellFlags;

typedef enum
{
  GW_ROW_SHORT = 1 << 0,  /* fewer cells than the header */
  GW_ROW_LONG = 1 << 1,   /* more cells than the header, not counting empty ones at the end */
  GW_ROW_CUT = 1 << 2,    /* the file ends within this row */
  GW_ROW_BROKEN = 1 << 3, /* quotes are wrong; the cells are a guess */
  GW_ROW_HIDDEN = 1 << 4, /* hidden in the spreadsheet */
} GwRowFlags;
#define GW_ROW_ALL_FLAGS 0x1fu

typedef enum
{
  GW_SEVERITY_NOTE = 0,    /* nothing is wrong, but the user should know */
  GW_SEVERITY_WARNING = 1, /* look at it before going on */
  GW_SEVERITY_ROW = 2,     /* this row cannot be used */
  GW_SEVERITY_FATAL = 3,   /* nothing of this file can be used */
} GwReaderSeverity;
#define GW_READER_N_SEVERITIES 4

/* What went wrong; the comment names the arguments. The program makes the sentence. */
typedef enum
{
  GW_PROBLEM_NONE = 0,
  /* the file as a whole */
  GW_PROBLEM_EMPTY_FILE = 1,
  GW_PROBLEM_TOO_LARGE = 2,       /* bytes, limit */
  GW_PROBLEM_NO_SANDBOX = 3,      /* reason */
  GW_PROBLEM_READ_FAILED = 4,     /* reason of the system */
  GW_PROBLEM_UNKNOWN_FORMAT = 5,  /* first bytes in hexadecimal */
  GW_PROBLEM_OLD_EXCEL = 6,       /* real .xls (BIFF) */
  GW_PROBLEM_HTML = 7,            /* HTML, often named .xls */
  GW_PROBLEM_SPREADSHEET_XML = 8, /* XML spreadsheet 2003, often named .xls */
  GW_PROBLEM_OPENDOCUMENT = 9,
  GW_PROBLEM_PDF = 10,
  GW_PROBLEM_ENCRYPTED = 11,  /* part, or nothing */
  GW_PROBLEM_NOT_BUILT = 12,  /* format: built without GDAL */
  GW_PROBLEM_WRONG_NAME = 13, /* what it is, what its name says */
  GW_PROBLEM_NO_ROWS = 14,    /* only a header */
  GW_PROBLEM_OUT_OF_MEMORY = 15,
  /* text */
  GW_PROBLEM_UNKNOWN_ENCODING = 20, /* byte offset */
  GW_PROBLEM_BAD_BYTES = 21,        /* bytes in hexadecimal, encoding */
  GW_PROBLEM_NUL = 22,
  GW_PROBLEM_DOUBTFUL_ENCODING = 23, /* encoding */
  GW_PROBLEM_OPEN_QUOTE = 24,        /* the quote opened here is never closed */
  GW_PROBLEM_TEXT_AFTER_QUOTE = 25,
  GW_PROBLEM_CUT_ROW = 26,     /* cells found, cells of the header */
  GW_PROBLEM_SHORT_ROW = 27,   /* cells found, cells of the header */
  GW_PROBLEM_LONG_ROW = 28,    /* cells found, cells of the header */
  GW_PROBLEM_TITLE_ROW = 29,   /* text: a row before the header, not used */
  GW_PROBLEM_DOUBLE_NAME = 30, /* name, other column */
  GW_PROBLEM_EMPTY_NAME = 31,  /* a column with a value but no name */
  /* limits */
  GW_PROBLEM_MANY_COLUMNS = 40,  /* limit */
  GW_PROBLEM_MANY_ROWS = 41,     /* limit */
  GW_PROBLEM_LONG_CELL = 42,     /* limit */
  GW_PROBLEM_LONG_ROW_TEXT = 43, /* limit */
  /* archives and XML */
  GW_PROBLEM_ZIP_DAMAGED = 60,   /* what was found */
  GW_PROBLEM_ZIP_PARTS = 61,     /* limit */
  GW_PROBLEM_ZIP_BOMB = 62,      /* part, ratio, limit */
  GW_PROBLEM_ZIP_INFLATED = 63,  /* limit in bytes */
  GW_PROBLEM_ZIP_NAME = 64,      /* name that leaves the archive */
  GW_PROBLEM_ZIP_METHOD = 65,    /* part, method */
  GW_PROBLEM_MISSING_PART = 66,  /* part */
  GW_PROBLEM_XML_DAMAGED = 67,   /* part, line, reason */
  GW_PROBLEM_XML_ENTITIES = 68,  /* part: DTD or entities */
  GW_PROBLEM_XML_DEPTH = 69,     /* part, limit */
  GW_PROBLEM_EXTERNAL_LINK = 70, /* part */
  GW_PROBLEM_MACROS = 71,        /* part */
  /* sheets */
  GW_PROBLEM_NO_SUCH_SHEET = 80,    /* name, names there are */
  GW_PROBLEM_HIDDEN_SHEET = 81,     /* name */
  GW_PROBLEM_MERGED = 82,           /* range; severity ROW or above in a header, else warning */
  GW_PROBLEM_FORMULA = 83,          /* formula cells in the file: the first one */
  GW_PROBLEM_FORMULA_NO_VALUE = 84, /* never computed, so the file holds no value */
  GW_PROBLEM_MANY_MERGES = 85,      /* limit */
  GW_PROBLEM_BAD_STRING = 86,       /* index of a shared string that is not there */
  GW_PROBLEM_BAD_DATE = 87,         /* number that is no date */
  GW_PROBLEM_MORE_SHEETS = 88,      /* name used, number of the others */
  /* geometry */
  GW_PROBLEM_NO_LAYER = 100,
  GW_PROBLEM_MANY_LAYERS = 101, /* limit */
  GW_PROBLEM_NO_CRS = 102,
  GW_PROBLEM_GEOMETRY = 103,       /* reason */
  GW_PROBLEM_GEOMETRY_LARGE = 104, /* vertices, limit */
  GW_PROBLEM_GDAL = 105,           /* text of GDAL */
} GwReaderProblemCode;

/* Exit status of the reader: 0 after END or a FATAL frame, else no usable frame could be written.
 */
#define GW_READER_EXIT_USAGE 64
#define GW_READER_EXIT_PIPE 65
#define GW_READER_INPUT_FD 3
#define GW_READER_OUTPUT_FD 4
