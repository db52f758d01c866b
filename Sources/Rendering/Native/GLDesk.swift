internal import CGL
internal import RehearsalCore

/// What the service's thread does: takes what waits, draws it in lots, and hands out the pictures.
final class GLDesk {
  private let context: GLContext
  private let queue: GLQueue
  private var waiting: [GLOrder] = []
  private var flights: [Flight] = []

  /// A lot whose pictures are on their way back.
  private struct Flight {
    var slot: Int32
    var orders: [GLOrder]
  }

  init(context: GLContext, queue: GLQueue) {
    self.context = context
    self.queue = queue
  }

  /// Serves until the queue is closed.
  func serve() {
    while let items = queue.take(mayWait: waiting.isEmpty && flights.isEmpty) {
      for item in items {
        switch item {
        case .task(let body): body(context)
        case .order(let order): waiting.append(order)
        }
      }
      // Two lots in flight: while one is read back, the other is drawn.
      if !waiting.isEmpty { draw(nextLot()) }
      if flights.count == 2 || (waiting.isEmpty && !flights.isEmpty) { deliver(flights.removeFirst()) }
    }
  }

  /// The first orders, all of one quality, as far as a GPU's memory bears them: each view takes 36 bytes
  /// a sample, each light of each order a map of 4 MiB, or 16 where shadows are soft.
  private func nextLot() -> [GLOrder] {
    let quality = waiting[0].quality
    var (views, largest, count) = (0, 0, 0)
    for order in waiting.prefix(quality == .fast ? 16 : 4) {
      guard order.quality == quality else { break }
      (views, largest) = (views + order.views.count, max(largest, order.samples))
      if count > 0, views * largest > 8 << 20 { break }
      count += 1
    }
    defer { waiting.removeFirst(count) }
    return Array(waiting.prefix(count))
  }

  private func draw(_ orders: [GLOrder]) {
    let slot: Int32 = flights.first?.slot == 0 ? 1 : 0
    do throws(GLFailure) {
      try begin(orders, slot)
      flights.append(Flight(slot: slot, orders: orders))
    } catch {
      if note(error) || orders.count == 1 { return fail(orders, error) }
      // One order that cannot be drawn does not take its neighbours with it.
      for order in orders {
        do throws(GLFailure) {
          try begin([order], slot)
          deliver(Flight(slot: slot, orders: [order]))
        } catch {
          _ = note(error)
          fail([order], error)
        }
      }
    }
  }

  /// Draws the orders and begins to read them back; a slot that fails is free again.
  private func begin(_ orders: [GLOrder], _ slot: Int32) throws(GLFailure) {
    let quality = orders[0].quality
    do throws(GLFailure) {
      try withJobs(orders) { jobs throws(GLFailure) in
        try nativeGL {
          cgl_draw(
            context.handle, jobs, jobs.count, Int32(quality.samplesPerPixel), Int32(quality.shadowSamples), slot, $0,
            $1)
        }
      }
    } catch {
      cgl_release(context.handle, slot)
      throw error
    }
  }

  private func deliver(_ flight: Flight) {
    do throws(GLFailure) {
      try nativeGL { cgl_collect(context.handle, flight.slot, $0, $1) }
      var view = 0
      for order in flight.orders {
        var pictures: [CameraImage] = []
        for wanted in order.views {
          pictures.append(picture(wanted, view, of: flight.slot))
          view += 1
        }
        order.pictures.fulfil(.success(pictures))
      }
    } catch {
      _ = note(error)
      fail(flight.orders, error)
    }
    cgl_release(context.handle, flight.slot)
  }

  private func picture(_ wanted: cgl_view, _ view: Int, of slot: Int32) -> CameraImage {
    let channels = ImageChannels(rawValue: Int(wanted.channels))
    let count = Int(wanted.width) * Int(wanted.height)
    var image = CameraImage(width: Int(wanted.width), height: Int(wanted.height))
    filling(channels.contains(.rgb) ? count * 3 : 0, &image.rgb) { rgb in
      filling(channels.contains(.depth) ? count : 0, &image.depth) { depth in
        filling(channels.contains(.segmentation) ? count : 0, &image.segmentation) { segmentation in
          cgl_copy(context.handle, slot, view, rgb, depth, segmentation)
        }
      }
    }
    return image
  }

  private func fail(_ orders: [GLOrder], _ error: GLFailure) {
    for order in orders { order.pictures.fulfil(.failure(error.error)) }
  }

  /// Whether the context is lost for good.
  private func note(_ error: GLFailure) -> Bool {
    if error.isLost { queue.lose() }
    return error.isLost
  }
}

/// Calls `body` with the orders as the shim takes them.
private func withJobs(
  _ orders: [GLOrder], from index: Int = 0, _ jobs: [cgl_job] = [], _ body: ([cgl_job]) throws(GLFailure) -> Void
) throws(GLFailure) {
  guard index < orders.count else { return try body(jobs) }
  let order = orders[index]
  let failure: GLFailure? = order.poses.withUnsafeBufferPointer { poses in
    order.views.withUnsafeBufferPointer { views in
      let job = cgl_job(
        scene: order.scene.handle, world_from_body: poses.baseAddress, views: views.baseAddress,
        view_count: views.count)
      do throws(GLFailure) {
        try withJobs(orders, from: index + 1, jobs + [job], body)
        return nil
      } catch {
        return error
      }
    }
  }
  if let failure { throw failure }
}
