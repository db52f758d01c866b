import Foundation
import TestSupport

/// One run of the built `rehearse` command.
struct Command {
  var status: Int32
  var output: String
  var errors: String

  /// The command lies beside the test bundle, which is this process's executable.
  static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "rehearse")

  /// The package's root, in which the command runs.
  static let root = URL(filePath: packageRoot)

  /// Runs the command to its end. `environment` replaces variables of this process's environment.
  init(_ arguments: String..., environment: [String: String] = [:]) throws {
    try self.init(arguments, environment: environment)
  }

  /// Starts the command, whose output is thrown away, and returns while it runs.
  static func started(_ arguments: [String]) throws -> Process {
    let process = prepared(arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private static func prepared(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }

  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    let process = Self.prepared(arguments, environment: environment)
    // Files, not pipes: a pipe that nobody reads blocks the command once it is full.
    let folder = FileManager.default.temporaryDirectory.appending(path: "rehearse-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let streams = ["output", "errors"].map { folder.appending(path: $0) }
    for stream in streams { try Data().write(to: stream) }
    let handles = try streams.map { try FileHandle(forWritingTo: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = String(decoding: try Data(contentsOf: streams[0]), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: streams[1]), as: UTF8.self)
  }
}
