import RehearsalCore
import Testing

@testable import Rollout

@Suite("Time in the viewer")
struct ViewTimeTests {
  @Test("a recording plays in real time times its speed, and stays at its end")
  func playing() {
    var timeline = Timeline(last: 100, controlHz: 20)
    timeline.advance(seconds: 1)
    #expect(timeline.step == 20)
    timeline.speed.change(by: 1)
    timeline.advance(seconds: 1)
    #expect(timeline.step == 60)
    timeline.advance(seconds: 100)
    #expect(timeline.step == 100 && timeline.isAtEnd)
    timeline.toggle()
    #expect(timeline.step == 0 && !timeline.isPaused, "it plays again from the beginning")
  }

  @Test("pausing freezes a recording; single steps go both ways and pause, within its ends")
  func stepping() {
    var timeline = Timeline(last: 10, controlHz: 20)
    timeline.toggle()
    timeline.advance(seconds: 3)
    #expect(timeline.step == 0)
    timeline.move(by: 4)
    timeline.move(by: -1)
    #expect(timeline.step == 3 && timeline.isPaused)
    timeline.move(by: -9)
    #expect(timeline.step == 0)
    timeline.seek(to: 99)
    #expect(timeline.step == 10)
  }

  @Test("speeds go from an eighth to eight times, and no further")
  func speeds() {
    var speed = PlaySpeed()
    #expect(speed.factor == 1 && speed.text == "1×")
    speed.change(by: -9)
    #expect(speed.factor == 0.125 && speed.text == "⅛×")
    speed.change(by: 99)
    #expect(speed.factor == 8)
  }

  private let period = Duration.milliseconds(50)

  @Test("a simulation steps once a control period, twice as often at double speed")
  func pace() {
    let begin = ContinuousClock.now
    var rule = PaceRule()
    #expect(rule.decide(tick: 0, period: period, at: begin) == .go)
    #expect(rule.decide(tick: 1, period: period, at: begin) == .wait(until: begin + period))
    #expect(rule.decide(tick: 1, period: period, at: begin + period) == .go)
    rule.speed.change(by: 1)
    #expect(rule.decide(tick: 2, period: period, at: begin + period * 2) == .go)
    #expect(
      rule.decide(tick: 3, period: period, at: begin + period * 2) == .wait(until: begin + period * 2.5))
  }

  @Test("what a slow simulation has missed is not made up for")
  func lag() {
    let begin = ContinuousClock.now
    var rule = PaceRule()
    _ = rule.decide(tick: 0, period: period, at: begin)
    let late = begin + .seconds(10)
    #expect(rule.decide(tick: 1, period: period, at: late) == .go)
    #expect(rule.decide(tick: 2, period: period, at: late) == .wait(until: late + period))
  }

  @Test("paused, it waits for single steps; rushing, it waits for nothing and then pauses; a wish ends it")
  func control() {
    let now = ContinuousClock.now
    var rule = PaceRule()
    rule.rushTo = 2
    #expect(rule.decide(tick: 0, period: period, at: now) == .go)
    #expect(rule.decide(tick: 1, period: period, at: now) == .go)
    #expect(rule.decide(tick: 2, period: period, at: now) == .wait(until: nil))
    rule.singleSteps = 1
    #expect(rule.decide(tick: 2, period: period, at: now) == .go)
    #expect(rule.decide(tick: 3, period: period, at: now) == .wait(until: nil))
    rule.wish = .again
    #expect(rule.decide(tick: 3, period: period, at: now) == .abandon)
  }

  @Test("an episode that ends before the step that was rushed to is where it pauses; others go on")
  func shortEpisode() {
    var rule = PaceRule()
    rule.endRush()
    #expect(!rule.isPaused)
    rule.rushTo = 100
    rule.endRush()
    #expect(rule.isPaused && rule.decide(tick: 0, period: period, at: .now) == .wait(until: nil))
  }

  @Test("pictures get smaller where drawing is slow, and large again where it is fast")
  func budget() {
    var budget = PictureBudget()
    let pixels = 1280 * 720
    budget.note(pixels: pixels, seconds: 0.01)
    #expect(budget.scale(pixels: pixels) == 1)
    for _ in 0..<20 { budget.note(pixels: pixels, seconds: 0.1) }
    #expect(budget.scale(pixels: pixels) == 0.5)
    for _ in 0..<20 { budget.note(pixels: pixels, seconds: 5) }
    #expect(budget.scale(pixels: pixels) == PictureBudget.scales.last)
  }
}
