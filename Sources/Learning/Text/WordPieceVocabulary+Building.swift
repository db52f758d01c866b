extension WordPieceVocabulary {
  /// The special tokens, every lower-cased word of `sentences` in byte order, then `a`–`z` and `0`–`9`, each also as
  /// a continuation, so that any word in these characters has a spelling. The order of the sentences does not matter.
  public static func build(from sentences: [String]) -> WordPieceVocabulary {
    let words = Set(sentences.flatMap { WordSplitter().words(of: $0) }.map { Array($0.utf8) })
    let characters = (Array("abcdefghijklmnopqrstuvwxyz") + Array("0123456789")).map(String.init)
    let special = [padding, unknown, start, separator, mask]
    let known = words.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
    let rest = characters.filter { !words.contains(Array($0.utf8)) } + characters.map { continuation + $0 }
    do {
      return try WordPieceVocabulary(tokens: special + known + rest)
    } catch {
      // Words hold neither brackets beside letters nor two #, so that all of these differ.
      fatalError("\(error)")
    }
  }
}
