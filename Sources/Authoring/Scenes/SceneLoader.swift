internal import Foundation
public import RehearsalCore

/// A scene file, read and checked.
public struct LoadedScene: Sendable {
  /// With every optional body present and nothing randomized.
  public var scene: SceneModel
  public var appearance: Appearance
  public var placements: [PlacementGroup]
  /// Where the robot may start; nil: at its authored pose.
  public var robotRegion: PlacementRegion?
  /// Facts that hold at the start of a chain.
  public var facts: [String]
}

/// Reads scene files.
public enum SceneLoader {
  /// Reads the scene file at `path` and all that it refers to.
  ///
  /// Throws every fault of all of them at once.
  public static func load(path: String) throws(AuthoringError) -> LoadedScene {
    let log = DiagnosticLog()
    let loaded = YAMLDocument.read(path, log: log).flatMap { read($0, robot: nil) }
    try log.check()
    return loaded!
  }

  /// Decodes a scene; `robot` replaces the robot that the scene names. Nil, with faults in the log, if it cannot.
  static func read(_ reader: YAMLReader, robot: RobotFragment?) -> LoadedScene? {
    reader.mapping { map in
      var builder = SceneBuilder(
        name: map.string("name"), gravity: map.vector("gravity", default: Vector3(0, 0, -9.81)))
      builder.readMaterials(map.child("materials"))
      builder.readStatics(map.list("statics"))
      let region = map.required("robot")?.mapping { builder.readRobot($0, replacement: robot) }
      builder.readFixtures(map.list("fixtures"))
      builder.readObjects(map.list("objects"))
      let placements = builder.readPlacements(map.list("placements"))
      builder.readCameras(map.list("cameras"))
      let lighting = SceneLighting(map)
      let appearance = Appearance(
        lights: lighting.lights, ambient: lighting.ambient, background: lighting.background,
        materials: builder.scene.materials, cameras: builder.scene.cameras)
      return LoadedScene(
        scene: builder.scene, appearance: appearance, placements: placements, robotRegion: region ?? nil,
        facts: builder.expand(facts: map.strings("facts")))
    }
  }
}

extension SceneBuilder {
  /// `{object}` stands for each free object in turn.
  fileprivate func expand(facts: [String]) -> [String] {
    let objects = scene.bodies.filter { $0.motion == .free && $0.label != nil }.map(\.name)
    return facts.flatMap { fact in
      fact.contains("{object}") ? objects.map { fact.replacing("{object}", with: $0) } : [fact]
    }
  }

  /// Reads `robot`, adds it, and returns where it may start.
  fileprivate mutating func readRobot(_ map: YAMLMapping, replacement: RobotFragment?) -> PlacementRegion? {
    let pose = map.pose()
    let directory = map.path("path")
    let region = map.child("region")?.mapping { region in
      let size = region.numbers("size", count: 2, .notNegative)
      return PlacementRegion(
        worldFromRegion: pose, halfExtents: SIMD2(size[0], size[1]) / 2, yaw: Self.heading(region))
    }
    do {
      if let fragment = try replacement ?? directory.map(RobotLoader.load) {
        fragment.articulation.sourceFiles.forEach(map.reader.log.noteRead)
        scene.add(fragment, worldFromRoot: pose)
      }
    } catch let error as AuthoringError {
      error.diagnostics.forEach(map.reader.log.report)
    } catch {
      map.error("path", "\(error)")
    }
    return region
  }
}
