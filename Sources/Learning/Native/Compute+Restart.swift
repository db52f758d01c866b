internal import CTorch
internal import Foundation

extension Compute {
  private static let variable = "OPENBLAS_CORETYPE"

  /// Starts the program anew, with the same arguments, where OpenBLAS is older than the processor and left its AVX-512
  /// kernels unused: half the speed of matrix products. It chooses once, when it is loaded, and asks the environment.
  ///
  /// Call it before anything else. Returns if there is nothing to gain or a choice was made in the environment.
  public static func restartForBetterKernels() {
    guard
      gains(kernels: blasKernels, hasAVX512: ctorch_has_avx512(), choice: getenv(variable).map { String(cString: $0) })
    else { return }
    setenv(variable, "SkylakeX", 1)
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    // Only a failure returns, and then the slower kernels do.
    execv("/proc/self/exe", &arguments)
  }

  /// Whether OpenBLAS could do better than the `kernels` it has; a `choice` made before, by us or the user, stands.
  static func gains(kernels: String, hasAVX512: Bool, choice: String?) -> Bool {
    hasAVX512 && choice == nil && !["", "SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernels)
  }
}
