import Foundation
import Learning
import Physics
import Recording
import RehearsalCore
import Rendering

extension Fingerprint {
  /// This machine and this program, as far as they matter to what `plan` gives.
  static func current(for plan: ExperimentPlan) throws -> Fingerprint {
    Fingerprint(
      cpu: cpuModel, operatingSystem: ProcessInfo.processInfo.operatingSystemVersionString, instructionSet: "avx2",
      swift: swiftVersion,
      libraries: [Library(name: "bullet", version: World.libraryVersion)] + learningLibraries + recordingLibraries
        + (try renderingLibraries(plan)))
  }

  /// Device and driver, where pictures depend on them.
  private static func renderingLibraries(_ plan: ExperimentPlan) throws -> [Library] {
    guard plan.renderer == .openGL else { return [] }
    return [Library(name: "openGL", version: try GLRenderer(gpu: plan.gpu).device)]
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
