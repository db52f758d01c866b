import RehearsalCore
import Testing

@Suite("JSON") struct JSONTests {
  @Test("objects keep their order, doubles their bits, and texts their characters")
  func roundTrip() throws {
    let value: JSON = [
      "z": [0.1, -0.0, .number(Double(bitPattern: 0x1234)), 1.7976931348623157e308],
      "a": ["é\u{1}\"\\\n😀", nil, true, -3], "empty": [:],
      "none": [],
    ]
    for text in [value.text, value.prettyText] {
      #expect(try JSON(parsing: text) == value)
    }
    let negativeZero = try JSON(parsing: value.text)["z"]?.asArray?[1].asDouble
    #expect(negativeZero?.bitPattern == (-0.0).bitPattern)
  }

  @Test("infinities come back, and NaN is null")
  func notFinite() throws {
    let text = JSON.array([.number(.infinity), .number(-.infinity), .number(.nan)]).text
    #expect(text == "[1e999,-1e999,null]")
    #expect(try JSON(parsing: text) == [.number(.infinity), .number(-.infinity), nil])
  }

  @Test("escapes are understood, surrogate pairs included")
  func escapes() throws {
    #expect(try JSON(parsing: #""\u00e9\ud83d\ude00\/\t""#) == "é😀/\t")
  }

  @Test(
    "a fault is reported at its place",
    arguments: [
      ("{\"a\": 1,\n  \"b\" 2}", 2, 7, "expected :"), ("[1, 2", 1, 6, "expected , or ]"),
      ("[1] x", 1, 5, "expected the end"), ("\"a", 1, 3, "a text without end"), ("", 1, 1, "expected a value"),
      ("[1.2.3]", 1, 2, "1.2.3 is not a number"), ("\"\\ud83d\"", 1, 8, "half a character"),
      (String(repeating: "[", count: 300), 1, 257, "nested too deeply"),
    ])
  func faults(_ text: String, line: Int, column: Int, message: String) {
    #expect(throws: JSON.ParsingError(line: line, column: column, message: message)) { try JSON(parsing: text) }
  }
}
