internal import Foundation
internal import RehearsalCore

/// The content of an `episodes.jsonl`.
struct EpisodeJournal {
  /// Sorted by episode.
  var records: [EpisodeRecord]
  /// Bytes up to the end of the last whole line; what follows is a line that a crash cut short.
  var wholeLength: Int
  var isTorn: Bool

  /// Reads a journal; one that does not exist is empty.
  init(path: String) throws {
    let bytes = DiskFile.exists(path) ? try DiskFile.read(path) : []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    wholeLength = bytes.count - (lines.last?.count ?? 0)
    isTorn = wholeLength < bytes.count
    var byIndex: [Int: (record: EpisodeRecord, line: Int)] = [:]
    for (number, line) in lines.dropLast().enumerated().map({ ($0 + 1, $1) }) {
      let record = try Self.record(line, path: path, number: number)
      if let earlier = byIndex[record.index] {
        try Self.compare(record, number, with: earlier.record, earlier.line, path: path)
      } else {
        byIndex[record.index] = (record, number)
      }
    }
    records = byIndex.values.map(\.record).sorted { $0.index < $1.index }
  }

  static func line(of record: EpisodeRecord) -> [UInt8] { Array((record.json.text + "\n").utf8) }

  private static func record(_ line: ArraySlice<UInt8>, path: String, number: Int) throws -> EpisodeRecord {
    do {
      return try EpisodeRecord(json: JSON(parsing: line))
    } catch let error as JSON.ParsingError {
      throw damaged("\(path):\(number):\(error.column): \(error.message)", line: number)
    } catch let error as JSONMismatch {
      throw damaged("\(path):\(number): \(error.message)", line: number)
    }
  }

  /// An episode that was run twice must have come out the same; its wall times may differ.
  private static func compare(
    _ record: EpisodeRecord, _ line: Int, with earlier: EpisodeRecord, _ earlierLine: Int, path: String
  ) throws {
    var sameTiming = record
    sameTiming.timing = earlier.timing
    guard sameTiming == earlier else {
      throw damaged("\(path):\(line): episode \(record.index) differs from the one in line \(earlierLine)", line: line)
    }
  }

  private static func damaged(_ message: String, line: Int) -> RehearsalError {
    RehearsalError(
      .malformed, message,
      remedy: "delete line \(line) of the file and continue the run with --resume: that episode is run again")
  }
}

/// A journal open for appending, by one process at a time.
struct JournalWriter: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var length: Int

  /// Locks the journal, has it `read`, and cuts off the line that a crash left unfinished.
  init(path: String, read: () throws -> EpisodeJournal) throws {
    let (descriptor, length) = try Self.open(path, read)
    self.path = path
    self.descriptor = descriptor
    self.length = length
  }

  private static func open(_ path: String, _ read: () throws -> EpisodeJournal) throws -> (Int32, Int) {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw DiskFile.failure("write", path) }
    do {
      try lock(descriptor, path)
      let length = try read().wholeLength
      if ftruncate(descriptor, off_t(length)) != 0 { throw DiskFile.failure("write", path) }
      return (descriptor, length)
    } catch {
      release(descriptor)
      throw error
    }
  }

  private static func lock(_ descriptor: Int32, _ path: String) throws {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    throw RehearsalError(
      .unwritable, "another process is writing \(path)", remedy: "wait for it to end, or choose another --out")
  }

  deinit { Self.release(descriptor) }

  /// Closing alone would leave the lock to a child process that another thread has forked and that has not called exec yet.
  private static func release(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Adds a line; if that fails, the journal is as before.
  mutating func append(_ line: [UInt8]) throws {
    do {
      if lseek(descriptor, off_t(length), SEEK_SET) < 0 { throw DiskFile.failure("write", path) }
      try DiskFile.write(line, to: descriptor, of: path)
      if fsync(descriptor) != 0 { throw DiskFile.failure("write", path) }
      length += line.count
    } catch {
      ftruncate(descriptor, off_t(length))
      throw error
    }
  }
}
