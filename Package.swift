// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Debian 12 ships Embree 3, Debian 13 Embree 4; the shim compiles against either.
let embree = FileManager.default.fileExists(atPath: "/usr/include/embree4/rtcore.h") ? "embree4" : "embree3"

// CI turns every warning of ours into an error; a developer's build only shows it.
let strict = Context.environment["CI"] != nil
let swiftSettings: [SwiftSetting] =
  [.enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny")]
  + (strict ? [.treatAllWarnings(as: .error)] : [])
let cxxSettings: [CXXSetting] = strict ? [.treatAllWarnings(as: .error)] : []

func swiftTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func shim(_ name: String, packages: [Target.Dependency] = [], libraries: [String] = []) -> Target {
  .target(
    name: name, dependencies: packages, cxxSettings: cxxSettings,
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: exclude, swiftSettings: swiftSettings)
}

func system(_ name: String, _ pkgConfig: String) -> Target {
  .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig)
}

let package = Package(
  name: "rehearsal",
  products: [.executable(name: "rehearse", targets: ["rehearse"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    system("SystemBullet", "bullet"),
    system("SystemHDF5", "hdf5"),
    system("SystemURDF", "urdfdom"),
    system("SystemAssimp", "assimp"),
    system("SystemAVFormat", "libavformat"),
    system("SystemAVCodec", "libavcodec"),
    system("SystemSWScale", "libswscale"),
    system("SystemFreetype", "freetype2"),
    system("SystemGLFW", "glfw3"),

    shim("CBullet", packages: ["SystemBullet"]),
    shim("CScene"),
    shim("CEmbree", packages: ["CScene"], libraries: [embree]),
    // Links nothing: libEGL is opened at run time, and a machine without it is told so.
    shim("CGL", packages: ["CScene"]),
    shim("CHDF5", packages: ["SystemHDF5"], libraries: ["deflate"]),
    shim(
      "CVideo", packages: ["SystemAVFormat", "SystemAVCodec", "SystemSWScale", "SystemFreetype"],
      libraries: ["avutil"]),
    shim("CWindow", packages: ["SystemGLFW", "SystemFreetype"], libraries: ["GL"]),
    shim("CURDF", packages: ["SystemURDF"], libraries: ["tinyxml"]),
    shim("CMesh", packages: ["SystemAssimp"]),
    shim("CTorch", libraries: ["torch", "torch_cpu", "c10"]),

    swiftTarget("RehearsalCore", []),
    swiftTarget("Authoring", ["RehearsalCore", "CURDF", "CMesh", .product(name: "Yams", package: "Yams")]),
    swiftTarget("Physics", ["RehearsalCore", "CBullet"]),
    swiftTarget("Rendering", ["RehearsalCore", "CScene", "CEmbree", "CGL"]),
    swiftTarget("Recording", ["RehearsalCore", "CHDF5", "CVideo"]),
    swiftTarget("Learning", ["RehearsalCore", "CTorch"]),
    swiftTarget("Viewing", ["RehearsalCore", "CWindow"]),
    swiftTarget("Rollout", ["RehearsalCore", "Authoring", "Physics", "Rendering", "Learning", "Recording", "Viewing"]),
    .executableTarget(
      name: "rehearse",
      dependencies: [
        "RehearsalCore", "Authoring", "Learning", "Rollout",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: swiftSettings),

    .target(
      name: "TestSupport", dependencies: ["RehearsalCore"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
    tests("RehearsalCore", ["RehearsalCore"]),
    tests("Authoring", ["Authoring", "RehearsalCore"]),
    tests("Physics", ["Physics", "RehearsalCore"]),
    tests("Rendering", ["Rendering", "Recording", "RehearsalCore"]),
    tests("Recording", ["Recording", "RehearsalCore", "CHDF5", "CVideo"]),
    tests("Viewing", ["Viewing", "RehearsalCore", "CWindow"]),
    tests("Learning", ["Learning", "RehearsalCore"], exclude: ["reference"]),
    tests(
      "Rollout",
      ["Rollout", "Authoring", "Physics", "Learning", "Rendering", "Recording", "Viewing", "RehearsalCore"]),
    tests("CommandLine", ["RehearsalCore"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
