internal import Foundation
public import RehearsalCore

/// A file of trajectories in robomimic's layout, open for reading. Belongs to one thread.
public final class TrajectoryFile {
  public let path: String
  /// The episodes in it, ascending.
  public let episodes: [Int]
  private let file: HDF5File

  /// Throws if there is no such file, or it is truncated, damaged or of another kind.
  public init(path: String) throws {
    self.path = path
    if access(path, R_OK) != 0 { throw DiskFile.failure("read", path) }
    (file, episodes) = try Self.reporting(path) {
      let file = try HDF5File(reading: path)
      let names = try file.names(in: "data")
      return (file, names.compactMap { $0.hasPrefix("demo_") ? Int($0.dropFirst(5)) : nil }.sorted())
    }
  }

  /// The names of a state's numbers.
  public func stateLayout() throws -> [String] {
    try Self.reporting(path) {
      try JSON(parsing: file.text("state_layout", of: "data")).asArray?.compactMap(\.asText) ?? []
    }
  }

  /// The cameras whose images the episode has, by name.
  public func cameras(of episode: Int) throws -> [String] {
    try Self.reporting(path) {
      try Demo(file, episode).observationNames().filter { $0.hasSuffix("_image") }.map { String($0.dropLast(6)) }
    }
  }

  /// The trajectory of an episode, every number as it was written; images only if asked for, by camera name's order.
  public func read(episode: Int, withImages: Bool = false) throws -> Trajectory {
    try requireEpisode(episode)
    return try Self.reporting(path) { try Demo(file, episode).read(withImages: withImages) }
  }

  /// What a camera saw before one step's action: height · width · 3 bytes of sRGB.
  public func image(episode: Int, camera: String, step: Int) throws -> CameraImage {
    try requireEpisode(episode)
    return try Self.reporting(path) { try Demo(file, episode).image(camera: camera, step: step) }
  }

  private func requireEpisode(_ episode: Int) throws {
    guard episodes.contains(episode) else {
      let range = episodes.isEmpty ? "none" : "\(episodes[0])…\(episodes[episodes.count - 1])"
      throw RehearsalError(
        .mismatch, "\(path) has no episode \(episode)", remedy: "choose one of its \(episodes.count) episodes, \(range)"
      )
    }
  }

  /// Runs `body`; what the library says becomes an error with the file's path.
  static func reporting<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as NativeFailure {
      throw damaged(path, failure.message)
    } catch let error as JSON.ParsingError {
      throw damaged(path, "an attribute is not JSON: \(error.message)")
    }
  }

  private static func damaged(_ path: String, _ message: String) -> RehearsalError {
    RehearsalError(
      .malformed, "\(path) is not a whole trajectory file: \(message)",
      remedy: "take it from a backup, or remove it and run its episodes again in a new directory")
  }
}
