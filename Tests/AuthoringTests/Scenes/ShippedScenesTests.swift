import Foundation
import RehearsalCore
import Testing

@testable import Authoring

/// The package's folder.
let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

@Suite("Shipped scenes") struct ShippedScenesTests {
  @Test("every shipped scene loads without fault", arguments: ["arena", "tabletop"])
  func loads(name: String) throws {
    let loaded = try SceneLoader.load(path: "\(packageRoot)/Scenes/\(name).yaml")
    #expect(loaded.scene.name == name)
    #expect(loaded.scene.camera(named: "reviewer") != nil)
    #expect(loaded.appearance.materials.count == loaded.scene.materials.count)
  }
}

@Suite("Shipped experiments") struct ShippedExperimentsTests {
  @Test("every shipped experiment loads without fault", arguments: ["arena_goto", "tabletop"])
  func loads(name: String) throws {
    let loaded = try ExperimentLoader.load(path: "\(packageRoot)/Experiments/\(name)/experiment.yaml")
    #expect(loaded.plan.name == name)
    #expect(loaded.plan.protocolID.count == 16)
  }
}
