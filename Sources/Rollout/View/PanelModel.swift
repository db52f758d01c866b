import Recording
import RehearsalCore

/// The words and numbers that the viewer's panels show.
struct PanelModel {
  var title = ""
  /// Short facts after the title, such as the speed.
  var tags: [Tag] = []
  var instruction = ""
  var status = ReplayFrame.Status.running
  var progress = 0.0
  var goals: [GoalPart] = []
  var showsTask = true
  /// Such as `3.4 s`.
  var clock = ""
  /// Where a recording stands, 0…1; nil: it is no recording.
  var timeline: Double?
  var isPaused = false
  var insets: [Inset] = []
  var help: [KeyMap.Section] = []
  /// For a few seconds, or as long as it matters.
  var notice: String?

  struct Tag: Hashable {
    var text: String
    var tone = Tone.plain
    enum Tone: Hashable { case plain, accent, warning }
  }

  struct Inset: Hashable {
    var label: String
    /// Width by height.
    var aspect: Double
  }
}
