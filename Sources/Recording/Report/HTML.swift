internal import Foundation

/// Pieces of HTML.
enum HTML {
  /// `text` with the characters that mean something to HTML replaced.
  static func escaped(_ text: String) -> String {
    var out = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }

  /// A whole page in the style of all reports; `main` is HTML, `title` text.
  static func page(title: String, _ main: String, script: String = "") -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped(title)) · Rehearsal</title>
    <style>\(ReportStyle.css)</style>
    </head>
    <body>
    <main>
    \(main)
    </main>
    <script>\(script)</script>
    </body>
    </html>

    """
  }

  static func section(_ title: String, _ body: String, note: String = "") -> String {
    let note = note.isEmpty ? "" : #"<p class="note">\#(note)</p>"#
    return "<section>\n<h2>\(title)</h2>\n\(note)\(body)\n</section>"
  }

  /// Such as `97.5 %`; a dash for nil.
  static func percent(_ rate: Double?) -> String {
    guard let rate else { return "–" }
    return rate == 0 || rate == 1 ? "\(Int(rate * 100)) %" : String(format: "%.1f %%", rate * 100)
  }

  /// Without needless digits.
  static func number(_ value: Double, digits: Int = 3) -> String { String(format: "%.\(digits)g", value) }

  /// A coordinate of a drawing.
  static func coordinate(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func points(_ points: [SIMD2<Double>]) -> String {
    points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
  }

  /// `push_left` as words.
  static func words(_ name: String) -> String { escaped(name.replacing("_", with: " ")) }
}

extension Array {
  /// At most `count` elements, evenly spread, first and last kept.
  func thinned(to limit: Int) -> [Element] {
    guard count > limit, limit > 1 else { return self }
    return (0..<limit).map { self[$0 * (count - 1) / (limit - 1)] }
  }
}
