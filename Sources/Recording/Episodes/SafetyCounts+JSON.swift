internal import RehearsalCore

extension SafetyCounts {
  var json: JSON {
    [
      "faults": [
        "badInput": .integer(faults.badInput), "threw": .integer(faults.threw),
        "wrongShape": .integer(faults.wrongShape), "nonFinite": .integer(faults.nonFinite),
        "oversize": .integer(faults.oversize),
      ], "fallbacks": .integer(fallbacks),
      "clamps": [
        "magnitude": .integer(clamps.magnitude), "velocity": .integer(clamps.velocity),
        "workspace": .integer(clamps.workspace),
      ],
      "anomalies": [
        "steps": .integer(anomalies.steps), "perElement": .array(anomalies.perElement.map(JSON.integer)),
      ],
    ]
  }

  init(json: JSON) throws(JSONMismatch) {
    self.init()
    let faults = try json.member("faults") { $0 }
    self.faults.badInput = try faults.member("badInput", \.asInt)
    self.faults.threw = try faults.member("threw", \.asInt)
    self.faults.wrongShape = try faults.member("wrongShape", \.asInt)
    self.faults.nonFinite = try faults.member("nonFinite", \.asInt)
    self.faults.oversize = try faults.member("oversize", \.asInt)
    fallbacks = try json.member("fallbacks", \.asInt)
    let clamps = try json.member("clamps") { $0 }
    self.clamps.magnitude = try clamps.member("magnitude", \.asInt)
    self.clamps.velocity = try clamps.member("velocity", \.asInt)
    self.clamps.workspace = try clamps.member("workspace", \.asInt)
    let anomalies = try json.member("anomalies") { $0 }
    self.anomalies.steps = try anomalies.member("steps", \.asInt)
    self.anomalies.perElement = try anomalies.member("perElement") { $0.asArray?.compactMap(\.asInt) }
  }
}
