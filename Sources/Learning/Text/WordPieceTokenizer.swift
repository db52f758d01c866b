/// BERT's WordPiece tokenizer; its ids are those of Hugging Face's for the same vocabulary.
public struct WordPieceTokenizer: Hashable, Sendable {
  public let vocabulary: WordPieceVocabulary
  let splitter: WordSplitter
  /// A longer word is unknown as a whole; Unicode scalars.
  let longestWord: Int

  /// A tokenizer that drops accents and upper case, as those of the uncased models do.
  public init(vocabulary: WordPieceVocabulary) {
    self.init(vocabulary: vocabulary, splitter: WordSplitter(), longestWord: 100)
  }

  init(vocabulary: WordPieceVocabulary, splitter: WordSplitter, longestWord: Int) {
    self.vocabulary = vocabulary
    self.splitter = splitter
    self.longestWord = longestWord
  }

  /// The tokens of a text between `[CLS]` and `[SEP]`: at most `maxLength` of them (at least 2), the last pieces left
  /// out where it is longer, and padding up to `paddedLength` where it is shorter.
  public func encode(_ text: String, maxLength: Int, paddedLength: Int = 0) -> TokenizedText {
    precondition(maxLength >= 2, "[CLS] and [SEP] need two places")
    let pieces = pieces(of: text)
    let kept = min(pieces.count, maxLength - 2)
    return assemble([pieces.prefix(kept)], dropped: pieces.count - kept, paddedLength)
  }

  /// The tokens of two texts, `[CLS] A [SEP] B [SEP]`, with at most `maxLength` of them (at least 3): the longer text
  /// is shortened until they fit or are equally long, then both.
  public func encode(_ first: String, _ second: String, maxLength: Int, paddedLength: Int = 0) -> TokenizedText {
    precondition(maxLength >= 3, "[CLS] and two [SEP] need three places")
    let pieces = [pieces(of: first), pieces(of: second)]
    let places = maxLength - 3
    let shorter = min(pieces[0].count, pieces[1].count)
    let half = places / 2
    // What the shorter text leaves free goes to the longer; of an odd number of places the longer, or the second, has
    // one more.
    let short = min(shorter, half)
    let long = places - short
    let firstIsLonger = pieces[0].count > pieces[1].count
    let kept = [pieces[0].prefix(firstIsLonger ? long : short), pieces[1].prefix(firstIsLonger ? short : long)]
    let dropped = pieces[0].count + pieces[1].count - kept[0].count - kept[1].count
    return assemble(kept, dropped: dropped, paddedLength)
  }

  private func assemble(_ parts: [ArraySlice<Int>], dropped: Int, _ paddedLength: Int) -> TokenizedText {
    var ids = [vocabulary.startID]
    var types = [0]
    for (type, part) in parts.enumerated() {
      ids += part + [vocabulary.separatorID]
      types += Array(repeating: type, count: part.count + 1)
    }
    let padding = max(paddedLength - ids.count, 0)
    return TokenizedText(
      ids: ids + Array(repeating: vocabulary.paddingID, count: padding),
      typeIDs: types + Array(repeating: 0, count: padding),
      mask: Array(repeating: 1, count: ids.count) + Array(repeating: 0, count: padding), droppedPieces: dropped)
  }

  /// The ids of a text's pieces, without `[CLS]` and `[SEP]`; special tokens written in it stand for themselves.
  func pieces(of text: String) -> [Int] {
    let specialTokens = vocabulary.specialTokens
    var ids: [Int] = []
    var rest = Substring(text)
    var plainEnd = rest.startIndex
    while plainEnd < rest.endIndex {
      if let token = specialTokens.first(where: { rest.utf8[plainEnd...].starts(with: $0.text.utf8) }) {
        ids += words(in: rest[..<plainEnd]) + [token.id]
        rest = rest[rest.utf8.index(plainEnd, offsetBy: token.text.utf8.count)...]
        plainEnd = rest.startIndex
      } else {
        plainEnd = rest.unicodeScalars.index(after: plainEnd)
      }
    }
    return ids + words(in: rest)
  }

  private func words(in text: Substring) -> [Int] { splitter.words(of: String(text)).flatMap(pieces(ofWord:)) }

  /// The longest piece that begins the word, then the longest that continues it, and so on; if that gets stuck, the
  /// whole word is unknown.
  private func pieces(ofWord word: String) -> [Int] {
    let scalars = Array(word.unicodeScalars)
    if scalars.count > longestWord { return [vocabulary.unknownID] }
    var ids: [Int] = []
    var start = 0
    while start < scalars.count {
      var end = scalars.count
      let prefix = start == 0 ? [] : Array(WordPieceVocabulary.continuation.utf8)
      var bytes = prefix + scalars[start...].flatMap { Array(String($0).utf8) }
      var id = vocabulary.id(of: bytes)
      while id == nil && end > start + 1 {
        end -= 1
        bytes.removeLast(UTF8.width(scalars[end]))
        id = vocabulary.id(of: bytes)
      }
      guard let id else { return [vocabulary.unknownID] }
      ids.append(id)
      start = end
    }
    return ids
  }
}
