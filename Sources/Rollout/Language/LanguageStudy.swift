public import Recording
public import RehearsalCore

/// Runs an experiment's episodes once for every `LanguageIntervention`, to see how far a policy follows the words.
///
/// Every intervention is a run of its own in a folder of its name; `language.json` and `report.html` lie beside them.
public struct LanguageStudy: Sendable {
  /// Baselines of the words as given: what no words can fall below.
  private static let nullPolicies = ["zero", "random"]

  private let runs: [(intervention: LanguageIntervention, run: ExperimentRun)]
  private let request: RunRequest

  /// Reads and checks everything that can be wrong before episode 0.
  ///
  /// Words as given are drawn among the training phrasings, so that held-out ones have something to be held against.
  public init(_ request: RunRequest) throws {
    if (try? RunDirectory.open(at: request.output)) != nil {
      throw RehearsalError(
        .mismatch, "\(request.output) holds a run already", remedy: "choose another --out for the study's runs")
    }
    self.request = request
    runs = try LanguageIntervention.allCases.map { intervention in
      var own = request
      own.output = request.output + "/" + intervention.rawValue
      let baselines = intervention == .given ? Self.nullPolicies : []
      own.overrides += [
        "language=\(intervention.rawValue)", "phrasings=train", "baselines=[\(baselines.joined(separator: ", "))]",
      ]
      return (intervention, try ExperimentRun(own))
    }
  }

  /// Runs what is not recorded yet and writes the report; `progress` is called on this thread.
  public func execute(progress: (LanguageIntervention, RunProgress) -> Void = { _, _ in }) throws -> LanguageSummary {
    var recorded: [LanguageIntervention: (manifest: RunManifest, records: [EpisodeRecord])] = [:]
    var floors: [String: [EpisodeRecord]] = [:]
    for (intervention, run) in runs {
      _ = try run.execute { progress(intervention, $0) }
      let directory = try RunDirectory.open(at: request.output + "/" + intervention.rawValue)
      recorded[intervention] = (try directory.manifest(), try directory.records())
      for (policy, baseline) in try directory.baselines() { floors[policy] = try baseline.records() }
    }
    let report = LanguageReport(runs: recorded, floors: floors, reproduceCommand: request.provenance.shellCommand)
    try report.write(to: request.output)
    return report.summary
  }
}
