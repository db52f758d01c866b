import Foundation
import RehearsalCore
import Testing

@testable import Learning

@Suite("Text encoders that say what others said") struct TextImitationTests {
  @Test("ridge regression finds a linear map again, and a penalty shrinks it")
  func ridge() {
    // y = (2a − b + 3, c − 1)
    let inputs: [[Float]] = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 2, 3], [-2, 1, 5]]
    let outputs = inputs.map { [2 * $0[0] - $0[1] + 3, $0[2] - 1] }
    let exact = RidgeRegression(inputs: inputs, outputs: outputs, counts: [1, 1, 1, 1, 1, 1], penalty: 1e-9)
    for (found, wanted) in zip(exact.weights + exact.offset, [2, -1, 0, 0, 0, 1, 3, -1] as [Float]) {
      #expect(abs(found - wanted) < 1e-4)
    }
    let shrunk = RidgeRegression(inputs: inputs, outputs: outputs, counts: [1, 1, 1, 1, 1, 1], penalty: 10)
    func length(_ map: RidgeRegression) -> Float { map.weights.reduce(0) { $0 + $1 * $1 } }
    #expect(length(shrunk) < 0.8 * length(exact))
    // One unknown: Σ x y / (Σ x² + λ) of the centred pairs.
    let single = RidgeRegression(inputs: [[-1], [1]], outputs: [[-3], [3]], counts: [1, 1], penalty: 2)
    #expect(abs(single.weights[0] - 1.5) < 1e-6 && abs(single.offset[0]) < 1e-6)
    // What counts twice is as good as there twice, but for the weights' mean.
    let twice = RidgeRegression(inputs: [[0], [1], [2]], outputs: [[0], [5], [2]], counts: [1, 2, 1], penalty: 0.3)
    let spelled = RidgeRegression(
      inputs: [[0], [1], [1], [2]], outputs: [[0], [5], [5], [2]], counts: [1, 1, 1, 1], penalty: 0.4)
    #expect(abs(twice.weights[0] - spelled.weights[0]) < 1e-6 && abs(twice.offset[0] - spelled.offset[0]) < 1e-6)
  }

  @Test("embeddings say of every sentence what the encoder of words said, and of one like it the same")
  func imitation() throws {
    let words = WordPieceVocabulary.build(from: Synthetic.instructions)
    let reader = WordPieceSentences(vocabulary: words)
    let teacher = TextEncoder(
      ParameterScope(ParameterStore(seed: 1)), .scratch(vocabularySize: words.count), outputWidth: 8)
    let student = TextEncoder(ParameterScope(ParameterStore(seed: 2)), .miniLM, outputWidth: 8)
    let read = reader.sentences(try Synthetic.instructions.map(reader.row))
    /// Unit vectors at right angles, turned by `angle` towards what neither has.
    func embeddings(turnedBy angle: Float) -> EncodedSentences {
      let rows = Synthetic.instructions.indices.flatMap { row in
        (0..<TextEncoder.miniLMWidth).map { $0 == row ? cos(angle) : $0 == 100 + row ? sin(angle) : 0 }
      }
      return .embeddings(Tensor(rows, shape: [Synthetic.instructions.count, TextEncoder.miniLMWidth]))
    }
    let wanted = Tensor.withoutGradients { teacher(read).values }
    func distance(turnedBy angle: Float = 0) -> Float {
      let given = Tensor.withoutGradients { student(embeddings(turnedBy: angle)).values }
      return zip(given, wanted).map { abs($0 - $1) }.max() ?? .infinity
    }
    #expect(distance() > 0.1)
    student.chooseLandmarks(among: embeddings(turnedBy: 0))
    student.imitate(
      teacher, reading: read, hearing: embeddings(turnedBy: 0), counts: [1, 3], meanings: Synthetic.instructions)
    #expect(distance() < 0.02)
    #expect(distance(turnedBy: 0.3) < 0.02)
  }

  @Test(
    "of sentences that mean the same the embeddings say what the encoder of words said on average, as often as they occur"
  )
  func meanings() throws {
    let sentences = ["go left", "move leftwards", "go right"]
    let words = WordPieceVocabulary.build(from: sentences)
    let reader = WordPieceSentences(vocabulary: words)
    let teacher = TextEncoder(
      ParameterScope(ParameterStore(seed: 1)), .scratch(vocabularySize: words.count), outputWidth: 8)
    let student = TextEncoder(ParameterScope(ParameterStore(seed: 2)), .miniLM, outputWidth: 8)
    let read = reader.sentences(try sentences.map(reader.row))
    let heard = EncodedSentences.embeddings(
      Tensor(
        (0..<3).flatMap { row in (0..<TextEncoder.miniLMWidth).map { $0 == row ? 1 : 0 } },
        shape: [3, TextEncoder.miniLMWidth]))
    student.chooseLandmarks(among: heard)
    student.imitate(teacher, reading: read, hearing: heard, counts: [3, 1, 1], meanings: ["left", "left", "right"])
    Tensor.withoutGradients {
      let said = teacher.project(teacher.features(read))
      let left = said.slice(0, from: 0, count: 1) * 0.75 + said.slice(0, from: 1, count: 1) * 0.25
      let wanted = teacher.norm(Tensor.concatenated([left, left, said.slice(0, from: 2, count: 1)], along: 0)).values
      let given = student(heard).values
      #expect(zip(given, wanted).allSatisfy { abs($0 - $1) < 0.02 }, "\(given) instead of \(wanted)")
    }
  }

  @Test("a recollection changes nothing until it knows something, and then answers with what is nearest to it")
  func recollection() {
    Tensor.withoutGradients {
      let recollection = Recollection(ParameterScope(ParameterStore(seed: 1)), count: 3, width: 2)
      let heard = Tensor([0.9, 0.2, -0.1, 0.8], shape: [2, 2])
      #expect(recollection(heard).values == heard.values)
      recollection.learn(Tensor([1, 0, 0, 1, -1, -1], shape: [3, 2]))
      for (recalled, known) in zip(recollection(heard).values, [1, 0, 0, 1] as [Float]) {
        #expect(abs(recalled - known) < 0.01)
      }
      // What is as near to one as to another is taken for neither.
      let between = recollection(Tensor([0.5, 0.5], shape: [1, 2])).values
      #expect(between.allSatisfy { abs($0 - 0.5) < 0.01 }, "\(between)")
    }
  }
}
