import Foundation

/// The package's folder.
public let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// The path of a shipped experiment.
public func shippedExperiment(_ name: String) -> String { "\(packageRoot)/Experiments/\(name)/experiment.yaml" }
