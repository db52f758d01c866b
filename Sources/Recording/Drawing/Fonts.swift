internal import RehearsalCore

/// The typeface of videos and pictures: DejaVu Sans, as Debian packages it.
public struct Fonts: Sendable {
  public enum Weight: Hashable, Sendable {
    case regular, bold

    fileprivate var fileName: String { self == .bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf" }
  }

  private let regular: FontFace
  private let bold: FontFace

  /// Where the two files are looked for.
  static let folders = [
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu",
  ]

  /// Opens the fonts; throws if they are not installed.
  public init() throws { try self.init(folders: Self.folders) }

  init(folders: [String]) throws {
    regular = try Self.open(Weight.regular.fileName, folders)
    bold = try Self.open(Weight.bold.fileName, folders)
  }

  /// The file of a weight; throws if it is not installed.
  public static func path(of weight: Weight) throws -> String { try path(weight.fileName, folders) }

  private static func path(_ name: String, _ folders: [String]) throws -> String {
    guard let path = folders.map({ $0 + "/" + name }).first(where: DiskFile.exists) else {
      throw RehearsalError(
        .missingLibrary, "the font \(name) is in none of \(folders.joined(separator: ", "))",
        remedy: "sudo apt-get install fonts-dejavu-core")
    }
    return path
  }

  private static func open(_ name: String, _ folders: [String]) throws -> FontFace {
    let path = try path(name, folders)
    do { return try FontFace(path: path) } catch let failure as NativeFailure {
      throw RehearsalError(
        .malformed, "cannot open the font \(path): \(failure.message)",
        remedy: "sudo apt-get install --reinstall fonts-dejavu-core")
    }
  }

  func face(_ weight: Weight) -> FontFace { weight == .bold ? bold : regular }

  /// How wide `text` is, in pixels.
  public func width(of text: String, size: Double, weight: Weight = .regular) -> Double {
    // Fails only for a size the font does not have, and then nothing is drawn either.
    (try? face(weight).width(of: text, size: size)) ?? 0
  }

  /// `text`, or as much of it as fits into `width` pixels with an ellipsis.
  public func fitted(_ text: String, into width: Double, size: Double, weight: Weight = .regular) -> String {
    if self.width(of: text, size: size, weight: weight) <= width { return text }
    var kept = Substring(text)
    while !kept.isEmpty, self.width(of: kept + "…", size: size, weight: weight) > width { kept.removeLast() }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// `text` in `width` pixels: set smaller, down to three quarters of `size`, then on two lines, before it is cut.
  public func block(_ text: String, into width: Double, size: Double, weight: Weight = .regular) -> TextBlock {
    let needed = self.width(of: text, size: size, weight: weight)
    let fitting = size * min(max(width / max(needed, 1), 0.74), 1)
    return TextBlock(lines: lines(text, into: width, size: fitting, weight: weight), size: fitting)
  }

  /// `text` broken between words into at most two lines of `width` pixels, cut with an ellipsis where those do not hold it.
  func lines(_ text: String, into width: Double, size: Double, weight: Weight = .regular) -> [String] {
    var (first, rest) = (Substring(text), Substring())
    while self.width(of: String(first), size: size, weight: weight) > width, let space = first.lastIndex(of: " ") {
      first = first[..<space]
      rest = text[text.index(after: space)...]
    }
    return [first, rest].filter { !$0.isEmpty }.map { fitted(String($0), into: width, size: size, weight: weight) }
  }
}

/// Lines of text, one below the other.
public struct TextBlock: Sendable {
  public var lines: [String]
  /// Height of the em in pixels.
  public var size: Double

  /// Where the baseline of a line lies, if that of a single line would lie at `y`.
  public func baseline(of line: Int, around y: Double) -> Double {
    y + (Double(line) - Double(lines.count - 1) / 2) * size * 1.3
  }
}
