internal import Foundation
internal import RehearsalCore

extension RunDirectory {
  /// Writes `report.html`: one file that needs nothing else, unless its videos are too large to be carried inside.
  ///
  /// - Parameter embeddedVideoLimit: bytes of video up to which they are carried inside; beyond, they are linked.
  public func writeReport(_ model: ReportModel, embeddedVideoLimit: Int = 25_000_000) throws {
    let paths = model.featured.compactMap(\.video)
    let size = paths.reduce(0) { $0 + DiskFile.size(of: path + "/" + $1) }
    var sources: [String: String] = [:]
    for video in paths {
      sources[video] =
        size <= embeddedVideoLimit
        ? "data:video/mp4;base64," + Data(try DiskFile.read(path + "/" + video)).base64EncodedString() : video
    }
    try write(Report(model: model, videoSources: sources).html, to: "report.html")
  }
}

/// A report's page.
struct Report {
  let model: ReportModel
  /// What a `<video>` plays, by path within the run directory.
  let videoSources: [String: String]

  var policies: [RunSummary] { [model.summary] + model.baselines }

  var html: String {
    HTML.page(
      title: "\(model.manifest.name) · \(ExperimentPlan.label(ofPolicy: model.summary.policy))",
      """
      \(header)
      \(results)
      \(chains)
      \(failures)
      \(health)
      \(featured)
      \(episodes)
      \(provenance)
      """, script: ReportStyle.script)
  }

  func section(_ title: String, _ body: String, note: String = "") -> String {
    HTML.section(title, body, note: note)
  }
}
