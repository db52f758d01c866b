import RehearsalCore
import Rollout
import TestSupport
import Testing

@Suite("Symbolic state")
struct SymbolicStateTests {
  private var place: CommandModel {
    var model = CommandModel.goTo()
    model.requires = ["in({target},hand)", "!closed({box})"]
    model.adds = ["in({target},{box})", "handEmpty"]
    model.removes = ["in({target},*)"]
    return model
  }

  @Test("permits a command only when all it requires holds and nothing it forbids")
  func permits() {
    let arguments = ["target": "cup", "box": "drawer"]
    #expect(SymbolicState(facts: ["in(cup,hand)"]).permits(place, arguments: arguments))
    #expect(!SymbolicState(facts: ["in(block,hand)"]).permits(place, arguments: arguments))
    #expect(!SymbolicState(facts: ["in(cup,hand)", "closed(drawer)"]).permits(place, arguments: arguments))
  }

  @Test("removes by wildcard, then adds")
  func apply() {
    var state = SymbolicState(facts: ["in(cup, hand)", "in(block,table)"])
    state.apply(place, arguments: ["target": "cup", "box": "drawer"])
    #expect(state.facts == ["in(cup,drawer)", "in(block,table)", "handEmpty"])
  }
}
