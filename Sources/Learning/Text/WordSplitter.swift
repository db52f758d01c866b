internal import Foundation

/// BERT's basic tokenization: cleans a text and splits it into words and single punctuation characters.
struct WordSplitter: Hashable, Sendable {
  /// The settings of a `BertNormalizer`; these are those of the uncased models.
  var cleansText = true
  var isolatesChinese = true
  var stripsAccents = true
  var lowercases = true

  /// The words in order; none holds white space, and punctuation stands alone.
  func words(of text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func finish() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in normalized(text) {
      if scalar.properties.isWhitespace {
        finish()
      } else if Self.isPunctuation(scalar) {
        finish()
        words.append(String(Character(scalar)))
      } else {
        word.append(scalar)
      }
    }
    finish()
    return words
  }

  private func normalized(_ text: String) -> String.UnicodeScalarView {
    var scalars = cleaned(text.unicodeScalars)
    if stripsAccents {
      let decomposed = String(scalars).decomposedStringWithCanonicalMapping
      scalars = String.UnicodeScalarView(
        decomposed.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark })
    }
    if lowercases {
      // One by one: at the end of a word too, a capital sigma becomes σ and not ς.
      scalars = String.UnicodeScalarView(scalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars })
    }
    return scalars
  }

  private func cleaned(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView {
    var clean = String.UnicodeScalarView()
    for scalar in text {
      if cleansText && Self.isDropped(scalar) { continue }
      if isolatesChinese && Self.isChinese(scalar) {
        clean.append(contentsOf: [" ", scalar, " "])
      } else {
        clean.append(scalar)
      }
    }
    return clean
  }

  /// NUL, the replacement character and category C, except the control characters that are white space.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r": false
    case "\u{FFFD}": true
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .surrogate: true
      default: false
      }
    }
  }

  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F, 0x2B820...0x2CEAF,
      0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// ASCII that is neither letter, digit, space nor control (such as `$`, which Unicode calls a symbol), or category P.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }
}
