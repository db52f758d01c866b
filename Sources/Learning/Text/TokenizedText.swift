/// A text, or a pair of them, as a BERT encoder takes it: three lists of equal length.
public struct TokenizedText: Hashable, Sendable {
  /// `[CLS] A [SEP]` or `[CLS] A [SEP] B [SEP]`, then padding.
  public let ids: [Int]
  /// 1 for the second text and the `[SEP]` after it, 0 elsewhere.
  public let typeIDs: [Int]
  /// 1 for tokens, 0 for padding.
  public let mask: [Int]
  /// How many pieces of the text did not fit and were left out.
  public let droppedPieces: Int
}
