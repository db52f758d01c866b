internal import Foundation
internal import RehearsalCore

/// A regular file open for reading parts of it; closed when the last copy goes.
///
/// Parts are read, not mapped: a file that shrinks meanwhile is then an error and not a signal.
final class InputFile: Sendable {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(_ path: String) throws {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw Self.failure(path, String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Self.failure(path, "it is not a file")
    }
    self.path = path
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes of a range that lies within `size`.
  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      count = 0
      while count < range.count {
        let got = pread(descriptor, buffer.baseAddress! + count, range.count - count, off_t(range.lowerBound + count))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { throw Self.failure(path, String(cString: strerror(errno))) }
        if got == 0 { throw Self.failure(path, "it became shorter while it was read") }
        count += got
      }
    }
  }

  private static func failure(_ path: String, _ reason: String) -> RehearsalError {
    RehearsalError(
      .unreadable, "cannot read \(path): \(reason)", remedy: "check the path for a typing error, and its permissions")
  }
}
