import Foundation
import Testing

@testable import Learning

/// What PyTorch computed (see reference/make_reference.py).
enum Reference {
  static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/\(name).safetensors").path
  }

  static let file = Result { try SafetensorsFile(path: path("reference")) }

  static func tensor(_ name: String) throws -> Tensor {
    Tensor(try file.get().floats(name), shape: try file.get().entry(name).shape)
  }

  static func indices(_ name: String) throws -> Tensor {
    Tensor(indices: try file.get().floats(name).map { Int($0) }, shape: try file.get().entry(name).shape)
  }

  /// A leaf whose gradient is wanted.
  static func leaf(_ name: String) throws -> Tensor {
    let tensor = try tensor(name)
    tensor.requireGradient()
    return tensor
  }

  /// A module's parameters, `CASE/NAME`, as a checkpoint.
  struct Case: ParameterSource {
    let origin: String
    /// What belongs to the case but not to the module.
    private static let others = ["x", "y", "out", "weights", "mask", "ids"]

    init(_ name: String) { origin = name }

    var names: [String] {
      ((try? Reference.file.get().tensors.keys.sorted()) ?? [])
        .filter { $0.hasPrefix(origin + "/") && !$0.hasPrefix(origin + "/grad.") }
        .map { String($0.dropFirst(origin.count + 1)) }.filter { !Self.others.contains($0) }
    }
    func shape(of name: String) -> [Int]? { try? Reference.file.get().entry("\(origin)/\(name)").shape }
    func values(of name: String) throws -> [Float] { try Reference.file.get().floats("\(origin)/\(name)") }
  }
}

/// Largest difference between two tensors, in units of the largest element of `expected`, or of 0.05 where that is less:
/// some gradients, such as of attention's key biases, are 0 but for rounding.
func difference(_ tensor: Tensor?, _ expected: Tensor) -> Float {
  guard let tensor, tensor.shape == expected.shape else { return .infinity }
  let scale = max(expected.values.map(abs).max() ?? 0, 0.05)
  return zip(tensor.values, expected.values).map { abs($0 - $1) }.reduce(0) { $1 > $0 || $1.isNaN ? $1 : $0 } / scale
}
