#include <atomic>
#include <vector>

#include "native.hpp"

namespace chdf5 {

static std::atomic<int64_t> liveHandles{0};

static std::mutex &library() {
  static std::mutex mutex;
  return mutex;
}

Turn::Turn() : lock(library()) {
  static const bool started = [] {
    // Every file is closed by its owner; a clean-up at exit could only hang on one whose disk was full.
    H5dont_atexit();
    return H5open() >= 0;
  }();
  if (!started) throw Failure("the HDF5 library does not start");
  // Where the library is thread-safe, each thread has its own error stack, and prints it unless told not to.
  thread_local const bool silent = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  (void)silent;
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

static hid_t accessProperties(bool buffered) {
  hid_t access = check(H5Pcreate(H5P_FILE_ACCESS), "making file properties");
  // The format of HDF5 1.8: every current reader knows it, and its metadata carry checksums.
  H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
  if (buffered) H5Pset_fapl_core(access, 1 << 18, 1);
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

static chdf5_file create(const char *path, bool buffered) {
  Identifier access(accessProperties(buffered), "making file properties");
  Identifier creation(creationProperties(), "making file properties");
  return adopt(check(H5Fcreate(path, H5F_ACC_TRUNC, creation, access), "creating the file"));
}

}  // namespace chdf5

using namespace chdf5;

int chdf5_create(const char *path, bool buffered, chdf5_file *file, char *error, size_t capacity) {
  return locked(error, capacity, [&] { *file = create(path, buffered); });
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

int chdf5_copy(
    chdf5_file source, const char *sourcePath, chdf5_file target, const char *targetPath, char *error,
    size_t capacity) {
  return locked(error, capacity, [&] {
    check(
        H5Ocopy(identifier(source), sourcePath, identifier(target), targetPath, H5P_DEFAULT, H5P_DEFAULT),
        "copying an object");
  });
}

int64_t chdf5_live_handle_count(void) { return liveHandles; }

int64_t chdf5_open_identifier_count(void) {
  Turn turn;
  return H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL);
}

const char *chdf5_version(void) {
  static const std::string version = [] {
    Turn turn;
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
  }();
  return version.c_str();
}
