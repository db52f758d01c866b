internal import CTorch

/// The processor's threads and kernels that tensors use.
public enum Compute {
  /// Lets the calling thread's operations use `threads` cores; matrix products stay on one.
  ///
  /// OpenBLAS and OpenMP keep a pool of threads each; two pools that wait for each other's cores make small networks
  /// ten times slower, so the former never gets more than one.
  public static func use(threads: Int) {
    ctorch_set_threads(Int32(threads))
    _ = ctorch_set_blas_threads(1)
  }

  /// Keeps freed memory for the next training step, which needs as much: page faults cost a sixth of the time otherwise.
  static func keepMemory() { ctorch_keep_memory() }

  /// Whether the processor multiplies bfloat16 numbers (AVX512-BF16).
  static var hasBFloat16: Bool { ctorch_has_bfloat16() }

  /// Such as "SkylakeX"; empty where the BLAS is not OpenBLAS.
  public static var blasKernels: String { String(cString: ctorch_blas_kernels()) }
  public static var version: String { String(cString: ctorch_version()) }
}
