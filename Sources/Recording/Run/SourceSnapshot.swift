internal import Foundation
internal import RehearsalCore

/// Copies of every file that people wrote for a run, placed so that their references to each other still hold.
public struct SourceSnapshot: Hashable, Sendable {
  /// The experiment's file within the snapshot.
  public let main: String
  /// Absolute path and place within the snapshot, sorted by place.
  let files: [File]

  struct File: Hashable, Sendable {
    var path: String
    var place: String
  }

  /// Plans to copy `files`, `main` among them, leaving out the part of their paths that they all share.
  ///
  /// Nothing is read before `RunDirectory.create`. References by absolute path are not redirected.
  public init(files: [String], main: String) {
    let all = Set((files + [main]).map(Self.absolute)).sorted()
    let folders = all.map { Array($0.split(separator: "/").dropLast()) }
    var shared = folders[0]
    for folder in folders {
      shared = Array(zip(shared, folder).prefix { $0 == $1 }.map(\.0))
    }
    let skipped = shared.reduce(0) { $0 + $1.count + 1 } + 1
    func place(_ path: String) -> String { String(path.dropFirst(skipped)) }
    self.files = all.map { File(path: $0, place: place($0)) }
    self.main = place(Self.absolute(main))
  }

  /// Copies what is not there yet into `directory`.
  func write(to directory: String) throws {
    for file in files {
      let target = directory + "/" + file.place
      if DiskFile.exists(target) { continue }
      try DiskFile.makeDirectory(DiskFile.directory(of: target))
      try DiskFile.write(try DiskFile.read(file.path), to: target)
    }
  }

  /// Without `.` and `..`; symbolic links stay, because references were written as seen through them.
  private static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
