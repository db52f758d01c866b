#include <atomic>
#include <vector>

#include "native.hpp"

namespace chdf5 {

static std::atomic<int64_t> liveHandles{0};

std::mutex &library() {
  static std::mutex mutex;
  static std::once_flag once;
  std::call_once(once, [] {
    // Every file is closed by its owner; a clean-up at exit could only hang on one whose disk was full.
    H5dont_atexit();
    H5open();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  });
  return mutex;
}

std::string takeErrors() {
  std::vector<std::string> sentences;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_DOWNWARD,
      [](unsigned, const H5E_error2_t *entry, void *context) -> herr_t {
        if (entry->desc) static_cast<std::vector<std::string> *>(context)->push_back(entry->desc);
        return 0;
      },
      &sentences);
  H5Eclear2(H5E_DEFAULT);
  if (sentences.empty()) return "unknown HDF5 failure";
  if (sentences.size() == 1) return sentences.front();
  return sentences.front() + " (" + sentences.back() + ")";
}

static hid_t accessProperties(bool inMemory) {
  hid_t access = check(H5Pcreate(H5P_FILE_ACCESS), "making file properties");
  // Format of HDF5 1.8: read by every current reader, and its metadata carry checksums.
  H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_LATEST);
  if (inMemory) H5Pset_fapl_core(access, 1 << 18, 0);
  return access;
}

static hid_t creationProperties() {
  hid_t creation = check(H5Pcreate(H5P_FILE_CREATE), "making file properties");
  H5Pset_obj_track_times(creation, 0);
  return creation;
}

static chdf5_file adopt(hid_t id) {
  ++liveHandles;
  return chdf5_file{new File{id}};
}

static chdf5_file create(const char *path, bool inMemory) {
  Identifier access(accessProperties(inMemory), "making file properties");
  Identifier creation(creationProperties(), "making file properties");
  return adopt(check(H5Fcreate(path, H5F_ACC_TRUNC, creation, access), "creating the file"));
}

}  // namespace chdf5

using namespace chdf5;

int chdf5_create_in_memory(chdf5_file *file, char *error, size_t capacity) {
  return locked(error, capacity, [&] { *file = create("in-memory", true); });
}

int chdf5_create(const char *path, chdf5_file *file, char *error, size_t capacity) {
  return locked(error, capacity, [&] { *file = create(path, false); });
}

int chdf5_open(const char *path, chdf5_file *file, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier access(accessProperties(false), "making file properties");
    *file = adopt(check(H5Fopen(path, H5F_ACC_RDONLY, access), "opening the file"));
  });
}

int chdf5_close(chdf5_file file, char *error, size_t capacity) {
  auto *owned = static_cast<File *>(file.opaque);
  int status = locked(error, capacity, [&] { check(H5Fclose(owned->id), "writing the file"); });
  delete owned;
  --liveHandles;
  return status;
}

int chdf5_image(chdf5_file file, uint8_t *bytes, size_t room, size_t *size, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    if (!bytes) check(H5Fflush(identifier(file), H5F_SCOPE_LOCAL), "flushing");
    *size = static_cast<size_t>(check(H5Fget_file_image(identifier(file), bytes, room), "taking the file's bytes"));
  });
}

int chdf5_copy(
    chdf5_file source, const char *sourcePath, chdf5_file target, const char *targetPath, char *error,
    size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier links(makingGroups(), "making link properties");
    check(
        H5Ocopy(identifier(source), sourcePath, identifier(target), targetPath, H5P_DEFAULT, links),
        "copying an object");
  });
}

int64_t chdf5_live_handle_count(void) { return liveHandles; }

int64_t chdf5_open_identifier_count(void) {
  std::lock_guard<std::mutex> turn(library());
  return H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL);
}

const char *chdf5_version(void) {
  static const std::string version = [] {
    std::lock_guard<std::mutex> turn(library());
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
  }();
  return version.c_str();
}
