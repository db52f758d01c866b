internal import Foundation
internal import RehearsalCore

/// A file that takes the place of `path` only once it is complete and on disk.
struct OutputFile {
  private let path: String
  private let partial: String
  private let descriptor: Int32

  /// Has `body` append to a new file, which then replaces `path`; if anything fails, `path` is as it was.
  static func replace(_ path: String, _ body: (OutputFile) throws -> Void) throws {
    let file = try OutputFile(path)
    do {
      defer { close(file.descriptor) }
      try body(file)
      if fsync(file.descriptor) != 0 { throw file.failure() }
    } catch {
      unlink(file.partial)
      throw error
    }
    if rename(file.partial, path) != 0 {
      let error = file.failure()
      unlink(file.partial)
      throw error
    }
    file.synchronizeDirectory()
  }

  private init(_ path: String) throws {
    self.path = path
    partial = path + ".partial"
    descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure() }
  }

  func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { throw failure() }
        written += count
      }
    }
  }

  /// Makes the new name durable; some file systems cannot, and then there is nothing more to do.
  private func synchronizeDirectory() {
    let parent = (path as NSString).deletingLastPathComponent
    let directory = open(parent.isEmpty ? "." : parent, O_RDONLY | O_CLOEXEC)
    if directory < 0 { return }
    fsync(directory)
    close(directory)
  }

  private func failure() -> RehearsalError {
    let reason = errno
    return RehearsalError(
      reason == ENOSPC || reason == EDQUOT ? .diskFull : .unwritable,
      "cannot write \(path): \(String(cString: strerror(reason)))",
      remedy: "check that its directory exists, may be written to and has space left")
  }
}
