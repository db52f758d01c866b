#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "native.hpp"

namespace chdf5 {

hid_t memoryType(chdf5_type type) {
  switch (type) {
  case CHDF5_FLOAT64: return H5T_NATIVE_DOUBLE;
  case CHDF5_INT64: return H5T_NATIVE_INT64;
  case CHDF5_UINT64: return H5T_NATIVE_UINT64;
  case CHDF5_UINT8: return H5T_NATIVE_UINT8;
  case CHDF5_OTHER: break;
  }
  throw Failure("not a type that can be read or written");
}

hid_t fileType(chdf5_type type) {
  switch (type) {
  case CHDF5_FLOAT64: return H5T_IEEE_F64LE;
  case CHDF5_INT64: return H5T_STD_I64LE;
  case CHDF5_UINT64: return H5T_STD_U64LE;
  case CHDF5_UINT8: return H5T_STD_U8LE;
  case CHDF5_OTHER: break;
  }
  throw Failure("not a type that can be read or written");
}

static chdf5_type typeOf(hid_t dataset) {
  Identifier type(H5Dget_type(dataset), "reading a type");
  for (chdf5_type known : {CHDF5_FLOAT64, CHDF5_INT64, CHDF5_UINT64, CHDF5_UINT8})
    if (H5Tequal(type, fileType(known)) > 0) return known;
  return CHDF5_OTHER;
}

hid_t datasetCreation() {
  hid_t creation = check(H5Pcreate(H5P_DATASET_CREATE), "making dataset properties");
  H5Pset_obj_track_times(creation, 0);
  return creation;
}

static hid_t makeDataset(hid_t file, const char *path, hid_t type, hid_t space, hid_t creation) {
  return check(H5Dcreate2(file, path, type, space, H5P_DEFAULT, creation, H5P_DEFAULT), path);
}

static bool isEmpty(int rank, const uint64_t *dimensions) {
  return std::any_of(dimensions, dimensions + rank, [](uint64_t n) { return n == 0; });
}

/// `picture` as the zlib stream that HDF5's gzip filter stores.
static std::vector<uint8_t> compressed(const uint8_t *picture, size_t size, int level) {
  std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor *)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (!compressor) throw Failure("no compressor of level " + std::to_string(level));
  std::vector<uint8_t> stream(libdeflate_zlib_compress_bound(compressor.get(), size));
  stream.resize(libdeflate_zlib_compress(compressor.get(), picture, size, stream.data(), stream.size()));
  return stream;
}

}  // namespace chdf5

using namespace chdf5;

int chdf5_make_group(chdf5_file file, const char *path, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier creation(H5Pcreate(H5P_GROUP_CREATE), path);
    check(H5Pset_obj_track_times(creation, 0), path);
    Identifier group(H5Gcreate2(identifier(file), path, H5P_DEFAULT, creation, H5P_DEFAULT), path);
  });
}

int chdf5_write(
    chdf5_file file, const char *path, chdf5_type type, int rank, const uint64_t *dimensions, const void *data,
    char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    std::vector<hsize_t> extent(dimensions, dimensions + rank);
    Identifier space(H5Screate_simple(rank, extent.data(), nullptr), path);
    Identifier creation(datasetCreation(), path);
    Identifier dataset(makeDataset(identifier(file), path, fileType(type), space, creation), path);
    if (isEmpty(rank, dimensions)) return;
    check(H5Dwrite(dataset, memoryType(type), H5S_ALL, H5S_ALL, H5P_DEFAULT, data), path);
  });
}

int chdf5_make_pictures(
    chdf5_file file, const char *path, uint64_t count, uint64_t height, uint64_t width, int level, char *error,
    size_t capacity) {
  return locked(error, capacity, [&] {
    const hsize_t extent[4] = {count, height, width, 3};
    const hsize_t chunk[4] = {1, height, width, 3};
    Identifier space(H5Screate_simple(4, extent, nullptr), path);
    Identifier creation(datasetCreation(), path);
    // A chunk may not be larger than the dataset, so that an empty one has no chunks.
    if (count > 0) {
      check(H5Pset_chunk(creation, 4, chunk), path);
      if (level > 0) check(H5Pset_deflate(creation, static_cast<unsigned>(std::min(level, 9))), path);
    }
    Identifier dataset(makeDataset(identifier(file), path, H5T_STD_U8LE, space, creation), path);
  });
}

int chdf5_write_picture(
    chdf5_file file, const char *path, uint64_t index, const uint8_t *picture, size_t size, int level, char *error,
    size_t capacity) {
  return guarded(error, capacity, [&] {
    const std::vector<uint8_t> stream = level > 0 ? compressed(picture, size, level) : std::vector<uint8_t>();
    const void *bytes = level > 0 ? static_cast<const void *>(stream.data()) : picture;
    const hsize_t offset[4] = {index, 0, 0, 0};
    Turn turn;
    Identifier dataset(H5Dopen2(identifier(file), path, H5P_DEFAULT), path);
    check(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, offset, level > 0 ? stream.size() : size, bytes), path);
  });
}

int chdf5_write_names(
    chdf5_file file, const char *path, const char *const *names, size_t count, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    size_t longest = 1;
    for (size_t i = 0; i < count; ++i) longest = std::max(longest, std::strlen(names[i]));
    std::vector<char> packed(std::max<size_t>(longest * count, 1), 0);
    for (size_t i = 0; i < count; ++i) std::memcpy(&packed[i * longest], names[i], std::strlen(names[i]));
    Identifier type(H5Tcopy(H5T_C_S1), path);
    check(H5Tset_size(type, longest), path);
    check(H5Tset_strpad(type, H5T_STR_NULLPAD), path);
    const hsize_t extent = count;
    Identifier space(H5Screate_simple(1, &extent, nullptr), path);
    Identifier creation(datasetCreation(), path);
    Identifier dataset(makeDataset(identifier(file), path, type, space, creation), path);
    if (count > 0) check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, packed.data()), path);
  });
}

int chdf5_shape(
    chdf5_file file, const char *path, chdf5_type *type, int *rank, uint64_t *dimensions, char *error,
    size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier dataset(H5Dopen2(identifier(file), path, H5P_DEFAULT), path);
    Identifier space(H5Dget_space(dataset), path);
    hsize_t extent[H5S_MAX_RANK];
    *rank = check(H5Sget_simple_extent_dims(space, extent, nullptr), path);
    if (*rank > CHDF5_MAX_RANK) throw Failure(std::string(path) + ": too many dimensions");
    std::copy(extent, extent + *rank, dimensions);
    *type = typeOf(dataset);
  });
}

int chdf5_read(
    chdf5_file file, const char *path, chdf5_type type, uint64_t first, uint64_t count, void *data, size_t room,
    char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier dataset(H5Dopen2(identifier(file), path, H5P_DEFAULT), path);
    Identifier space(H5Dget_space(dataset), path);
    hsize_t extent[H5S_MAX_RANK];
    const int rank = check(H5Sget_simple_extent_dims(space, extent, nullptr), path);
    if (rank < 1 || first + count > extent[0]) throw Failure(std::string(path) + ": rows out of range");
    hsize_t start[H5S_MAX_RANK] = {first}, size[H5S_MAX_RANK];
    std::copy(extent, extent + rank, size);
    size[0] = count;
    size_t bytes = type == CHDF5_UINT8 ? 1 : 8;
    for (int i = 0; i < rank; ++i) bytes *= size[i];
    if (bytes != room) throw Failure(std::string(path) + ": another size than expected");
    if (bytes == 0) return;
    check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nullptr, size, nullptr), path);
    Identifier memory(H5Screate_simple(rank, size, nullptr), path);
    check(H5Dread(dataset, memoryType(type), memory, space, H5P_DEFAULT, data), path);
  });
}
