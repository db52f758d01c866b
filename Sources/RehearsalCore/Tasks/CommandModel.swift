/// A way to say a command; `{slot.color}` and `{slot.shape}` are replaced by the bound body's label.
public struct Phrasing: Hashable, Sendable {
  public var text: String
  /// Never used for training demonstrations.
  public var isHeldOut: Bool

  public init(text: String, isHeldOut: Bool = false) {
    self.text = text
    self.isHeldOut = isHeldOut
  }
}

/// A place in a command for one of the scene's labelled bodies.
public struct CommandSlot: Hashable, Sendable {
  public var name: String
  /// The nouns it accepts.
  public var shapes: [String]

  public init(name: String, shapes: [String]) {
    self.name = name
    self.shapes = shapes
  }
}

/// Which scripted skill demonstrates a command.
public enum ExpertSkill: String, Hashable, Sendable, CaseIterable {
  case drive, turn, stop, goTo, reach, push, pick, placeOn, placeIn, openDrawer, closeDrawer, pressButton
}

/// A kind of command that a robot can be given, as authored.
public struct CommandModel: Hashable, Sendable {
  /// Such as `push_left`; the key of per-command results.
  public var name: String
  /// Chains take commands from different categories.
  public var category: String
  public var slots: [CommandSlot]
  public var phrasings: [Phrasing]
  public var success: Predicate
  /// Consecutive control steps for which `success` must hold.
  public var dwellTicks: Int
  /// Control steps after which it has failed, unless the experiment says otherwise.
  public var steps: Int
  public var expert: ExpertSkill
  /// What an episode that starts with this command must arrange first.
  public var setup: CommandSetup
  /// Facts such as `in({target},hand)`, matched after slots are bound to body names; for chains.
  public var requires: [String]
  public var adds: [String]
  /// A `*` stands for any one argument.
  public var removes: [String]

  public init(
    name: String, category: String, slots: [CommandSlot] = [], phrasings: [Phrasing], success: Predicate,
    dwellTicks: Int = 1, steps: Int, expert: ExpertSkill, setup: CommandSetup = CommandSetup(),
    requires: [String] = [], adds: [String] = [], removes: [String] = []
  ) {
    self.name = name
    self.category = category
    self.slots = slots
    self.phrasings = phrasings
    self.success = success
    self.dwellTicks = dwellTicks
    self.steps = steps
    self.expert = expert
    self.setup = setup
    self.requires = requires
    self.adds = adds
    self.removes = removes
  }
}

/// Initial conditions that a command needs so as not to be satisfied, or impossible, at once.
public struct CommandSetup: Hashable, Sendable {
  /// The base already moves so when the command begins: fractions of its top speeds.
  public var rollingForward: Double = 0
  public var rollingYaw: Double = 0
  /// Joints that start at these positions, by the slot whose body they carry.
  public var joints: [String: Distribution] = [:]

  public init() {}
}

/// A command of one episode: slots bound, words chosen.
public struct Command: Hashable, Sendable {
  public var model: CommandModel
  /// Slot name to body.
  public var bindings: [String: BodyID]
  public var instruction: String
  public var isHeldOut: Bool
  /// Budget in control steps.
  public var steps: Int
  /// What `bindings` were before one slot's words were swapped; nil if none were.
  public var bindingsBeforeSwap: [String: BodyID]?

  public init(model: CommandModel, bindings: [String: BodyID], instruction: String, isHeldOut: Bool, steps: Int) {
    self.model = model
    self.bindings = bindings
    self.instruction = instruction
    self.isHeldOut = isHeldOut
    self.steps = steps
  }

  /// The command as drawn: what it meant before its words were swapped. The words stay those that are said.
  public var unswapped: Command {
    var command = self
    command.bindings = bindingsBeforeSwap ?? bindings
    command.bindingsBeforeSwap = nil
    return command
  }
}
