import ArgumentParser
import Authoring
import Foundation
import RehearsalCore
import Rollout

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a policy on demonstrations and score it in the loop meanwhile.",
    discussion: """
      The keys of the file are explained in Experiments/README.md. Interrupted, the same command goes on from the last \
      checkpoint in --out and takes the same steps, bit for bit. The best policy in the loop becomes \
      OUT/policy.safetensors: run it with --policy vla:OUT/policy.safetensors.
      """)

  @Argument(help: "The training's YAML file.", completion: .file(extensions: ["yaml"]))
  var training: String
  @Option(
    name: .customLong("set"), help: ArgumentHelp("Change a value of the training's file.", valueName: "key=value"))
  var changes: [String] = []
  @Option(help: "Directory for what is written; continued where it was interrupted.") var out: String

  func run() throws {
    let plan = try TrainingLoader.load(path: training, overrides: changes)
    let request = TrainingRequest(plan, output: out, provenance: .current)
    let best = try TrainingRun.execute(request) { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
    print(best)
  }
}
