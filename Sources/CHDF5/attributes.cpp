#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "native.hpp"

using namespace chdf5;

namespace {

hid_t textType() {
  hid_t type = check(H5Tcopy(H5T_C_S1), "making a text type");
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

/// The type that h5py writes for a bool.
hid_t flagType() {
  hid_t type = check(H5Tenum_create(H5T_STD_I8LE), "making a flag type");
  int8_t value = 0;
  H5Tenum_insert(type, "FALSE", &value);
  value = 1;
  H5Tenum_insert(type, "TRUE", &value);
  return type;
}

void setAttribute(hid_t file, const char *path, const char *name, hid_t type, hid_t memory, const void *value) {
  Identifier object(H5Oopen(file, path, H5P_DEFAULT), path);
  Identifier space(H5Screate(H5S_SCALAR), name);
  if (check(H5Aexists(object, name), name) > 0) check(H5Adelete(object, name), name);
  Identifier attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), name);
  check(H5Awrite(attribute, memory, value), name);
}

std::string textOf(hid_t attribute, const char *name) {
  Identifier type(H5Aget_type(attribute), name);
  if (H5Tget_class(type) != H5T_STRING) throw Failure(std::string(name) + ": not a text");
  if (check(H5Tis_variable_str(type), name) > 0) {
    Identifier memory(textType(), name);
    char *text = nullptr;
    check(H5Aread(attribute, memory, &text), name);
    std::string copy = text ? text : "";
    H5free_memory(text);
    return copy;
  }
  std::vector<char> text(H5Tget_size(type) + 1, 0);
  check(H5Aread(attribute, type, text.data()), name);
  return text.data();
}

/// Hands out `text`, or only its size.
void give(const std::string &text, char *out, size_t room, size_t *size) {
  *size = text.size() + 1;
  if (!out) return;
  if (room < *size) throw Failure("the buffer is too small");
  std::memcpy(out, text.c_str(), *size);
}

}  // namespace

int chdf5_set_text(
    chdf5_file file, const char *path, const char *name, const char *text, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier type(textType(), name);
    setAttribute(identifier(file), path, name, type, type, &text);
  });
}

int chdf5_set_integer(
    chdf5_file file, const char *path, const char *name, int64_t value, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    setAttribute(identifier(file), path, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
  });
}

int chdf5_set_flag(
    chdf5_file file, const char *path, const char *name, bool value, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier type(flagType(), name);
    const int8_t number = value ? 1 : 0;
    setAttribute(identifier(file), path, name, type, type, &number);
  });
}

int chdf5_get_text(
    chdf5_file file, const char *path, const char *name, char *text, size_t room, size_t *size, char *error,
    size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier object(H5Oopen(identifier(file), path, H5P_DEFAULT), path);
    Identifier attribute(H5Aopen(object, name, H5P_DEFAULT), name);
    give(textOf(attribute, name), text, room, size);
  });
}

int chdf5_get_integer(
    chdf5_file file, const char *path, const char *name, int64_t *value, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier object(H5Oopen(identifier(file), path, H5P_DEFAULT), path);
    Identifier attribute(H5Aopen(object, name, H5P_DEFAULT), name);
    check(H5Aread(attribute, H5T_NATIVE_INT64, value), name);
  });
}

int chdf5_exists(chdf5_file file, const char *path, bool *exists, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    const std::string whole = path;
    *exists = false;
    for (size_t end = whole.find('/', 1);; end = whole.find('/', end + 1)) {
      if (check(H5Lexists(identifier(file), whole.substr(0, end).c_str(), H5P_DEFAULT), path) == 0) return;
      if (end == std::string::npos) break;
    }
    *exists = true;
  });
}

int chdf5_list(
    chdf5_file file, const char *path, char *names, size_t room, size_t *size, char *error, size_t capacity) {
  return locked(error, capacity, [&] {
    Identifier group(H5Gopen2(identifier(file), path, H5P_DEFAULT), path);
    std::string joined;
    check(
        H5Literate(
            group, H5_INDEX_NAME, H5_ITER_INC, nullptr,
            [](hid_t, const char *name, const H5L_info_t *, void *context) -> herr_t {
              auto &all = *static_cast<std::string *>(context);
              if (!all.empty()) all += '\n';
              all += name;
              return 0;
            },
            &joined),
        path);
    give(joined, names, room, size);
  });
}
