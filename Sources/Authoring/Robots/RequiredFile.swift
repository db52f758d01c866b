internal import Foundation
internal import RehearsalCore

/// Throws unless `path` is a readable regular file.
func requireFile(_ path: String, kind: String) throws(RehearsalError) {
  var isDirectory: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
    throw RehearsalError(.unreadable, "there is no \(kind) file \(path)", remedy: "correct the path or add the file")
  }
  guard FileManager.default.isReadableFile(atPath: path) else {
    throw RehearsalError(.unreadable, "the \(kind) file \(path) may not be read", remedy: "chmod +r \(path)")
  }
}
