import Foundation

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "rehearse-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  /// The top-level object of a JSON file.
  func object(_ name: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file(name))))
    return value as? [String: Any] ?? [:]
  }
}

/// Arguments of a run that takes a second: small pictures, no videos, no baselines.
let quickRun = [
  "Experiments/arena_goto/experiment.yaml", "--set", "imageSize=48", "--set", "record.videosPerCommand=0", "--set",
  "baselines=[]", "--set", "steps=40",
]
