public import RehearsalCore

/// All that a report tells, as plain values.
public struct ReportModel: Sendable {
  public var manifest: RunManifest
  public var records: [EpisodeRecord]
  public var summary: RunSummary
  /// Other policies on the same episodes: floor and ceiling.
  public var baselines: [RunSummary]
  /// Episodes shown in detail.
  public var featured: [FeaturedEpisode]
  /// Shell commands that repeat the run and check it.
  public var reproduceCommand: String
  public var verifyCommand: String

  public init(
    manifest: RunManifest, records: [EpisodeRecord], summary: RunSummary, baselines: [RunSummary],
    featured: [FeaturedEpisode], reproduceCommand: String, verifyCommand: String
  ) {
    self.manifest = manifest
    self.records = records
    self.summary = summary
    self.baselines = baselines
    self.featured = featured
    self.reproduceCommand = reproduceCommand
    self.verifyCommand = verifyCommand
  }
}

/// An episode with pictures.
public struct FeaturedEpisode: Sendable {
  public var record: EpisodeRecord
  /// Path of an MP4, relative to the run directory.
  public var video: String?
  public var map: TopView?
  public var signals: [SignalPanel]

  public init(record: EpisodeRecord, video: String?, map: TopView?, signals: [SignalPanel]) {
    self.record = record
    self.video = video
    self.map = map
    self.signals = signals
  }
}

/// A line seen from above, in metres, world x to the right and y up.
public struct PathSeries: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case base, endEffector, object }

  public var name: String
  public var points: [SIMD2<Double>]
  public var kind: Kind

  public init(name: String, points: [SIMD2<Double>], kind: Kind) {
    self.name = name
    self.points = points
    self.kind = kind
  }
}

/// A scene seen from above.
public struct TopView: Hashable, Sendable {
  public var paths: [PathSeries]
  public var markers: [Marker]
  /// Outlines of scenery, such as a table: closed polygons.
  public var outlines: [[SIMD2<Double>]]

  /// Where something stood when the episode began.
  public struct Marker: Hashable, Sendable {
    public var name: String
    public var position: SIMD2<Double>
    /// Metres.
    public var radius: Double
    public var color: Ink

    public init(name: String, position: SIMD2<Double>, radius: Double, color: Ink) {
      self.name = name
      self.position = position
      self.radius = radius
      self.color = color
    }
  }

  public init(paths: [PathSeries], markers: [Marker], outlines: [[SIMD2<Double>]] = []) {
    self.paths = paths
    self.markers = markers
    self.outlines = outlines
  }
}

/// Numbers by control step that share an axis.
public struct SignalPanel: Hashable, Sendable {
  /// With its unit, such as `speed, m/s`.
  public var title: String
  public var series: [Series]
  /// Of the axis; nil: as the numbers need.
  public var range: ClosedRange<Double>?

  public struct Series: Hashable, Sendable {
    public var name: String
    public var values: [Double]
    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public init(title: String, series: [Series], range: ClosedRange<Double>? = nil) {
    self.title = title
    self.series = series
    self.range = range
  }
}
