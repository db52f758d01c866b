import Testing

@testable import Learning

@Suite("Kernels of matrix products") struct ComputeTests {
  @Test("the program starts anew only where AVX-512 lies idle and nobody has chosen")
  func restart() {
    #expect(Compute.gains(kernels: "Haswell", hasAVX512: true, choice: nil))
    #expect(Compute.gains(kernels: "Zen", hasAVX512: true, choice: nil))
    #expect(!Compute.gains(kernels: "Haswell", hasAVX512: false, choice: nil))
    #expect(!Compute.gains(kernels: "Haswell", hasAVX512: true, choice: "SkylakeX"), "it would start for ever")
    for kernels in ["SkylakeX", "Cooperlake", ""] {
      #expect(!Compute.gains(kernels: kernels, hasAVX512: true, choice: nil))
    }
  }
}
