extension SafetensorsFile {
  /// What the elements of a tensor are; the raw values are the format's names.
  public enum DType: String, CaseIterable, Hashable, Sendable {
    case bool = "BOOL"
    case uint8 = "U8"
    case int8 = "I8"
    case uint16 = "U16"
    case int16 = "I16"
    case uint32 = "U32"
    case int32 = "I32"
    case uint64 = "U64"
    case int64 = "I64"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case float32 = "F32"
    case float64 = "F64"
    case complex64 = "C64"
    case float8e4m3 = "F8_E4M3"
    case float8e5m2 = "F8_E5M2"
    case float8e8m0 = "F8_E8M0"
    case float8e4m3fnuz = "F8_E4M3FNUZ"
    case float8e5m2fnuz = "F8_E5M2FNUZ"
    case float6e2m3 = "F6_E2M3"
    case float6e3m2 = "F6_E3M2"
    case float4 = "F4"

    /// Bits of one element; those below a byte are packed.
    public var bits: Int {
      switch self {
      case .float4: 4
      case .float6e2m3, .float6e3m2: 6
      case .bool, .uint8, .int8, .float8e4m3, .float8e5m2, .float8e8m0, .float8e4m3fnuz, .float8e5m2fnuz: 8
      case .uint16, .int16, .float16, .bfloat16: 16
      case .uint32, .int32, .float32: 32
      case .uint64, .int64, .float64, .complex64: 64
      }
    }

    /// Bytes of a tensor of that shape; nil where no whole number of bytes, or none that fits an `Int`, holds it.
    func byteCount(of shape: [Int]) -> Int? {
      var count = 1
      // A zero empties the tensor, but only if the other extents are possible too.
      for extent in shape {
        let (product, overflows) = count.multipliedReportingOverflow(by: max(extent, 1))
        if overflows || extent < 0 { return nil }
        count = product
      }
      let (total, overflows) = count.multipliedReportingOverflow(by: bits)
      if overflows { return nil }
      if shape.contains(0) { return 0 }
      return total.isMultiple(of: 8) ? total / 8 : nil
    }
  }
}
