/// The one of `candidates` that `word` was probably meant to be, or nil if none is near.
///
/// Near is a restricted Damerau-Levenshtein distance of at most a third of the word's length, and at least 1; failing
/// that, the first candidate that begins with a word of at least four letters.
func nearestWord(to word: String, among candidates: [String]) -> String? {
  let limit = max(1, word.count / 3)
  let ranked = candidates.map { (distance: editDistance(word.lowercased(), $0.lowercased()), word: $0) }
  if let nearest = ranked.filter({ $0.distance <= limit }).min(by: { $0.distance < $1.distance }) {
    return nearest.word
  }
  return word.count < 4 ? nil : candidates.first { $0.lowercased().hasPrefix(word.lowercased()) }
}

/// How many insertions, deletions, substitutions and swaps of neighbours turn one word into the other.
func editDistance(_ first: some StringProtocol, _ second: some StringProtocol) -> Int {
  let (a, b) = (Array(first), Array(second))
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}

/// `; did you mean "…"?`, or nothing.
func suggestion(for word: String, among candidates: [String]) -> String {
  nearestWord(to: word, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
}
