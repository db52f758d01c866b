import RehearsalCore
import Viewing

/// What the viewer can show over the picture.
enum Overlay: String, Hashable, Sendable, CaseIterable {
  case cameras, contacts, frames, trajectory, task, help
}

/// What a person can ask of the viewer with one key.
enum ViewAction: Hashable, Sendable {
  case playPause
  /// Forward or back by control steps.
  case step(Int)
  /// Forward or back by seconds.
  case skip(seconds: Double)
  case toBegin, toEnd
  case speed(Int)
  case nextEpisode, again
  case toggle(Overlay)
  case nextCamera, resetCamera
  case nextPreset, reroll
  /// Hand over between the policy and the person.
  case takeOver
  case gripper
  case savePicture
  case quit
}

/// Which key does what. Keys that drive are in `DriveInput`.
enum KeyMap {
  /// Nil for keys that do nothing at once.
  static func action(for key: Key, _ modifiers: KeyModifiers) -> ViewAction? {
    switch key {
    case .space: .playPause
    case .period: .step(1)
    case .comma: .step(-1)
    case .right: .skip(seconds: modifiers.contains(.shift) ? 5 : 1)
    case .left: .skip(seconds: modifiers.contains(.shift) ? -5 : -1)
    case .home: .toBegin
    case .end: .toEnd
    case .up: .speed(1)
    case .down: .speed(-1)
    case .enter, .character("N"): .nextEpisode
    case .backspace: .again
    case .character("1"): .toggle(.cameras)
    case .character("2"): .toggle(.contacts)
    case .character("3"): .toggle(.frames)
    case .character("4"): .toggle(.trajectory)
    case .character("5"): .toggle(.task)
    case .character("H"), .function(1): .toggle(.help)
    case .character("V"): .nextCamera
    case .character("Z"): .resetCamera
    case .character("P"): .nextPreset
    case .character("R"): .reroll
    case .tab: .takeOver
    case .character("G"): .gripper
    case .function(12): .savePicture
    case .escape: .quit
    default: nil
    }
  }

  /// Whether holding the key down does it over and over.
  static func repeats(_ action: ViewAction) -> Bool {
    switch action {
    case .step, .skip: true
    default: false
    }
  }

  struct Section: Hashable, Sendable {
    var title: String
    /// Keys, and what they do.
    var lines: [(keys: [String], what: String)]

    static func == (a: Section, b: Section) -> Bool { a.title == b.title }
    func hash(into hasher: inout Hasher) { hasher.combine(title) }
  }

  /// What the help shows. `robot` is what can be driven; nil: nothing.
  static func help(driving robot: RobotModel?, isRecording: Bool) -> [Section] {
    var sections = [
      Section(
        title: "Time",
        lines: isRecording
          ? [
            (["Space"], "pause, play"), ([",", "."], "one step back, on"), (["←", "→"], "1 s back, on (Shift: 5 s)"),
            (["Home", "End"], "begin, end"), (["↑", "↓"], "faster, slower"), (["N"], "next episode"),
          ]
          : [
            (["Space"], "pause, go on"), (["."], "one step"), (["↑", "↓"], "faster, slower"), (["N"], "next episode"),
            (["Backspace"], "drop it and begin again"),
          ]),
      Section(
        title: "Look",
        lines: [
          (["drag"], "orbit"), (["right drag"], "pan"), (["wheel"], "zoom"), (["V"], "next camera"),
          (["Z"], "first view"), (["P"], "next randomization"), (["R"], "roll its seed anew"),
        ]),
      Section(
        title: "Show",
        lines: [
          (["1"], "cameras"), (["2"], "contacts"), (["3"], "frames"), (["4"], "trajectory"), (["5"], "task"),
          (["H"], "this help"), (["F12"], "save the picture"), (["Esc"], "close"),
        ]),
    ]
    if let robot { sections.append(Section(title: "Drive", lines: driving(robot))) }
    return sections
  }

  private static func driving(_ robot: RobotModel) -> [(keys: [String], what: String)] {
    var lines = [(keys: ["Tab"], what: "the policy, or you")]
    if robot.drive != nil { lines += [(["W", "S"], "base on, back"), (["A", "D"], "base left, right")] }
    if robot.arm != nil {
      lines += [(["I", "K"], "tool away, closer"), (["J", "L"], "tool left, right"), (["U", "O"], "tool up, down")]
      lines.append((["Shift"], "the same keys turn it"))
    }
    if robot.gripper != nil { lines.append((["G"], "close, open the gripper")) }
    return lines + [(["Ctrl"], "slowly")]
  }
}
