import Recording
import RehearsalCore

/// Something to watch: a recording, or episodes that run. Belongs to the window's thread.
protocol ViewSubject: AnyObject {
  var plan: ExperimentPlan { get }
  /// Such as `tabletop · episode 3 · scripted`.
  var title: String { get }
  /// What to show now; nil before there is anything.
  var moment: ViewMoment? { get }
  /// Where the robot has been, and in a recording will be.
  var trail: Trail { get }
  var playback: Playback { get }
  var wardrobe: Wardrobe { get }

  /// So much wall time has passed.
  func advance(seconds: Double) throws
  /// Whether it knows how to; the rest is the viewer's.
  func perform(_ action: ViewAction) -> Bool
  /// Goes to a part of a recording, 0…1.
  func seek(to share: Double)
  /// Ends what is under way; returns what has been recorded, if anything is.
  func close() throws -> RunSummary?
}

/// How time passes in what is watched.
struct Playback: Hashable, Sendable {
  var isPaused: Bool
  /// Nothing changes before somebody presses a key, and all that is known of the moment is known.
  var isAtRest: Bool
  var speed: PlaySpeed
  /// Steps of a recording; nil while it is being made.
  var length: Int?
  /// Whether somebody drives by hand; nil where nobody can.
  var isByHand: Bool?
  /// Episodes kept so far, where they are recorded.
  var kept: Int?
  /// Something to tell, such as what to press next.
  var hint: String?
}
