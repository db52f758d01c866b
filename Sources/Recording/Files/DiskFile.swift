internal import Foundation
internal import RehearsalCore

/// Reading and writing whole files, with errors that name the path and a remedy.
enum DiskFile {
  /// Marks a file that is being written; whoever finds one may delete it.
  static let partialSuffix = ".partial"

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw failure("read", path) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw failure("read", path) }
    return try [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = 0
      while count < buffer.count {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { throw failure("read", path) }
        if got == 0 { break }
        count += got
      }
    }
  }

  /// Writes `bytes` so that `path` is, even after a crash, either as before or complete.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try replace(path) { partial in
      let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      if descriptor < 0 { throw failure("write", path) }
      defer { close(descriptor) }
      try write(bytes, to: descriptor, of: path)
    }
  }

  /// Has `make` write another file, which then takes the place of `path`.
  static func replace(_ path: String, by make: (_ partial: String) throws -> Void) throws {
    let partial = path + partialSuffix
    do {
      try make(partial)
    } catch {
      unlink(partial)
      throw error
    }
    try adopt(partial, as: path)
  }

  /// Moves a complete file from `partial` to `path`, durably; it is removed if that fails.
  static func adopt(_ partial: String, as path: String) throws {
    do {
      try synchronize(partial)
      if rename(partial, path) != 0 { throw failure("write", path) }
    } catch {
      unlink(partial)
      throw error
    }
    try synchronize(directory(of: path))
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, of path: String) throws {
    try bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { throw failure("write", path) }
        written += count
      }
    }
  }

  /// Waits until the file or directory is on disk.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw failure("write", path) }
    defer { close(descriptor) }
    // Some file systems cannot synchronize a directory and say EINVAL; there is nothing more to do then.
    if fsync(descriptor) != 0 && errno != EINVAL { throw failure("write", path) }
  }

  static func remove(_ path: String) throws {
    if unlink(path) != 0 && errno != ENOENT { throw failure("remove", path) }
  }

  /// The directory above; "." for a bare name.
  static func directory(of path: String) -> String {
    let parent = (path as NSString).deletingLastPathComponent
    return parent.isEmpty ? "." : parent
  }

  /// Makes a directory and those above it; one that is there already is fine.
  static func makeDirectory(_ path: String) throws {
    if mkdir(path, 0o755) == 0 { return }
    let reason = errno
    if reason == EEXIST {
      if isDirectory(path) { return }
      throw RehearsalError(
        .unwritable, "\(path) is a file, not a directory", remedy: "choose another path, or move it away")
    }
    guard reason == ENOENT, path != directory(of: path) else { throw failure("make the directory", path, reason) }
    try makeDirectory(directory(of: path))
    if mkdir(path, 0o755) != 0 && errno != EEXIST { throw failure("make the directory", path) }
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a directory, in byte order; none if there is no such directory.
  static func names(in path: String) throws -> [String] {
    guard exists(path) else { return [] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { throw failure("read", path) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

extension DiskFile {
  /// The error for what the system just refused to do.
  static func failure(_ verb: String, _ path: String, _ reason: Int32 = errno) -> RehearsalError {
    let text = String(cString: strerror(reason))
    switch reason {
    case ENOSPC, EDQUOT, EFBIG:
      return RehearsalError(
        .diskFull, "cannot \(verb) \(path): \(text)",
        remedy: "free some space there and continue the run with --resume; whole episodes are kept")
    case ENOENT:
      return RehearsalError(.unreadable, "cannot \(verb) \(path): \(text)", remedy: "check the path for a typing error")
    case EACCES, EPERM, EROFS:
      return RehearsalError(
        verb == "read" ? .unreadable : .unwritable, "cannot \(verb) \(path): \(text)",
        remedy: "check the owner and permissions of \(directory(of: path)), or choose another directory")
    default:
      return RehearsalError(
        verb == "read" ? .unreadable : .unwritable, "cannot \(verb) \(path): \(text)",
        remedy: "check the path and the disk it is on")
    }
  }
}
