#pragma once
#include <hdf5.h>

#include <cstdio>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>

#include "chdf5.h"

namespace chdf5 {

/// A turn at the library, which need not be built thread-safe.
class Turn {
public:
  Turn();

private:
  std::lock_guard<std::mutex> lock;
};

/// The library's error stack as one sentence, emptied.
std::string takeErrors();

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <typename Status> Status check(Status status, const char *what) {
  if (status < 0) throw Failure(std::string(what) + ": " + takeErrors());
  return status;
}

/// An HDF5 identifier that closes itself.
class Identifier {
public:
  Identifier(hid_t id, const char *what) : id(check(id, what)) {}
  ~Identifier() { H5Idec_ref(id); }
  Identifier(const Identifier &) = delete;
  Identifier &operator=(const Identifier &) = delete;
  operator hid_t() const { return id; }

private:
  hid_t id;
};

struct File {
  hid_t id;
};

inline hid_t identifier(chdf5_file file) { return static_cast<File *>(file.opaque)->id; }

/// Runs `body`; whatever it throws becomes a message and a status.
template <typename Body> int guarded(char *error, size_t capacity, Body body) {
  try {
    body();
    return 0;
  } catch (const std::exception &failure) {
    std::snprintf(error, capacity, "%s", failure.what());
  } catch (...) {
    std::snprintf(error, capacity, "unknown C++ exception");
  }
  return 1;
}

/// `guarded`, holding the library's lock.
template <typename Body> int locked(char *error, size_t capacity, Body body) {
  return guarded(error, capacity, [&] {
    Turn turn;
    body();
  });
}

hid_t memoryType(chdf5_type type);
hid_t fileType(chdf5_type type);
/// Dataset creation without time stamps, so that equal content gives equal bytes.
hid_t datasetCreation();

}  // namespace chdf5
