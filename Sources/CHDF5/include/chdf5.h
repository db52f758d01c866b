#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An open HDF5 file. Objects in it are addressed by path ("data/demo_0/actions"); nothing else stays open between calls.
///
/// Every function returns 0, or fills `error` and returns 1. The library is not thread-safe, so calls take turns;
/// compression of images happens outside the turn.
typedef struct {
  void *opaque;
} chdf5_file;

typedef enum {
  CHDF5_FLOAT64 = 0,
  CHDF5_INT64 = 1,
  CHDF5_UINT64 = 2,
  CHDF5_UINT8 = 3,
  CHDF5_OTHER = 4,
} chdf5_type;

#define CHDF5_MAX_RANK 8

/// A new file, replacing what was there. A buffered one stays in memory until it is closed.
int chdf5_create(const char *path, bool buffered, chdf5_file *file, char *error, size_t error_capacity);
/// An existing file, read only.
int chdf5_open(const char *path, chdf5_file *file, char *error, size_t error_capacity);
/// Writes what is pending and closes. The handle is free afterwards, whatever the status.
int chdf5_close(chdf5_file file, char *error, size_t error_capacity);

/// Makes a group; the one above must be there. As everywhere, without time stamps.
int chdf5_make_group(chdf5_file file, const char *path, char *error, size_t error_capacity);

/// Writes a contiguous dataset.
int chdf5_write(
    chdf5_file file, const char *path, chdf5_type type, int rank, const uint64_t *dimensions, const void *data,
    char *error, size_t error_capacity);

/// Makes room for pictures: (count, height, width, 3) bytes, one chunk a picture, marked as gzipped unless `level` is 0.
int chdf5_make_pictures(
    chdf5_file file, const char *path, uint64_t count, uint64_t height, uint64_t width, int level, char *error,
    size_t error_capacity);
/// Writes picture `index` of a dataset that `chdf5_make_pictures` made with the same `level` (1...12; 0: not compressed).
int chdf5_write_picture(
    chdf5_file file, const char *path, uint64_t index, const uint8_t *picture, size_t size, int level, char *error,
    size_t error_capacity);

/// Writes a 1-D dataset of null-padded byte strings.
int chdf5_write_names(
    chdf5_file file, const char *path, const char *const *names, size_t count, char *error, size_t error_capacity);

/// Attributes of the object at `path` ("/" for the file's root).
int chdf5_set_text(
    chdf5_file file, const char *path, const char *name, const char *text, char *error, size_t error_capacity);
int chdf5_set_integer(
    chdf5_file file, const char *path, const char *name, int64_t value, char *error, size_t error_capacity);
int chdf5_set_flag(
    chdf5_file file, const char *path, const char *name, bool value, char *error, size_t error_capacity);

/// The attribute's text with its terminating zero, or only its size where `text` is null.
int chdf5_get_text(
    chdf5_file file, const char *path, const char *name, char *text, size_t capacity, size_t *size, char *error,
    size_t error_capacity);
int chdf5_get_integer(
    chdf5_file file, const char *path, const char *name, int64_t *value, char *error, size_t error_capacity);

/// Whether something is stored at `path`, groups above it included.
int chdf5_exists(chdf5_file file, const char *path, bool *exists, char *error, size_t error_capacity);

/// Element type and shape of a dataset; `dimensions` has room for CHDF5_MAX_RANK.
int chdf5_shape(
    chdf5_file file, const char *path, chdf5_type *type, int *rank, uint64_t *dimensions, char *error,
    size_t error_capacity);

/// Reads rows [first, first + count) along the first dimension into `data` of `capacity` bytes.
int chdf5_read(
    chdf5_file file, const char *path, chdf5_type type, uint64_t first, uint64_t count, void *data, size_t capacity,
    char *error, size_t error_capacity);

/// The names in a group, in byte order, joined by newlines and closed by a zero; only their size where `names` is null.
int chdf5_list(
    chdf5_file file, const char *path, char *names, size_t capacity, size_t *size, char *error,
    size_t error_capacity);

/// Copies an object with all beneath it, compressed data as it is.
int chdf5_copy(
    chdf5_file source, const char *source_path, chdf5_file target, const char *target_path, char *error,
    size_t error_capacity);

/// Files open now.
int64_t chdf5_live_handle_count(void);
/// Such as "1.10.8".
const char *chdf5_version(void);
/// HDF5 identifiers open now, of every kind.
int64_t chdf5_open_identifier_count(void);

#ifdef __cplusplus
}
#endif
