internal import Foundation

/// The linear value of an sRGB channel in 0…1 (IEC 61966-2-1).
func linearized(_ encoded: Double) -> Double {
  encoded <= 0.04045 ? encoded / 12.92 : pow((encoded + 0.055) / 1.055, 2.4)
}
