import Authoring
import RehearsalCore

/// Which appearance a person has chosen for the window; what is simulated and recorded stays as it is.
struct Look: Hashable, Sendable {
  /// A randomization preset's name; nil: as the episode was drawn.
  var preset: String?
  /// Root of the random streams; nil: the experiment's own.
  var seed: UInt64?
}

/// Gives episodes other looks.
final class Wardrobe {
  let presets: [String]
  private let load: (_ overrides: [String]) throws -> ExperimentPlan
  private let seed: UInt64
  private var plans: [String?: ExperimentPlan] = [:]

  /// `load` reads the experiment with more overrides; `seed` is that of its episodes.
  init(
    presets: [String], seed: UInt64, load: @escaping (_ overrides: [String]) throws -> ExperimentPlan
  ) {
    self.presets = presets
    self.seed = seed
    self.load = load
  }

  /// How the episode looks then.
  func appearance(of moment: ViewMoment, _ look: Look) throws -> Appearance {
    if look == Look() { return moment.appearance }
    var plan = try plans[look.preset] ?? load(look.preset.map { ["randomization=\($0)"] } ?? [])
    plans[look.preset] = plan
    plan.seed = look.seed ?? seed
    return EpisodeSampler(plan: plan).appearance(moment.episode, attempt: moment.attempt)
  }

  /// The preset after this one; at last again as the episode was drawn.
  func preset(after preset: String?) -> String? {
    guard let preset else { return presets.first }
    guard let index = presets.firstIndex(of: preset), index + 1 < presets.count else { return nil }
    return presets[index + 1]
  }

  /// Another seed than the one in force.
  func seed(after look: Look) -> UInt64 { (look.seed ?? seed) &+ 1 }
}
