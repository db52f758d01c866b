import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Authoring

@Suite("Shipped scenes") struct ShippedScenesTests {
  @Test("every shipped scene loads without fault", arguments: ["arena", "tabletop", "studio", "benchmark"])
  func loads(name: String) throws {
    let loaded = try SceneLoader.load(path: "\(packageRoot)/Scenes/\(name).yaml")
    #expect(loaded.scene.name == name)
    #expect(loaded.scene.camera(named: "reviewer") != nil)
    #expect(loaded.appearance.materials.count == loaded.scene.materials.count)
  }
}

@Suite("Shipped experiments") struct ShippedExperimentsTests {
  @Test(
    "every shipped experiment loads without fault",
    arguments: [
      "quickstart", "arena_goto", "arena_drive", "tabletop", "studio", "vla_arena", "vla_tabletop", "sequence",
      "chain5", "benchmarks/tabletop",
    ])
  func loads(name: String) throws {
    let loaded = try ExperimentLoader.load(path: shippedExperiment(name))
    #expect(loaded.plan.name == name.split(separator: "/").last.map(String.init))
    #expect(loaded.plan.protocolID.count == 16)
  }
}
