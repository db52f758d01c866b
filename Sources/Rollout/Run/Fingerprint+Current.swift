import Foundation
import Learning
import Physics
import Recording

extension Fingerprint {
  /// This machine and this program.
  static var current: Fingerprint {
    Fingerprint(
      cpu: cpuModel, operatingSystem: ProcessInfo.processInfo.operatingSystemVersionString, instructionSet: "avx2",
      swift: swiftVersion,
      libraries: [Library(name: "bullet", version: World.libraryVersion)] + learningLibraries + recordingLibraries)
  }

  /// What a network's answers depend on.
  private static var learningLibraries: [Library] {
    [Library(name: "libtorch", version: Compute.version), Library(name: "blas", version: Compute.blasKernels)]
  }

  private static var cpuModel: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }

  private static var swiftVersion: String {
    #if swift(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }
}
