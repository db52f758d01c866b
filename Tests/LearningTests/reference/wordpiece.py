"""Makes wordpiece.json: random texts and the ids that Hugging Face's `tokenizers` gives them.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install tokenizers==0.23.3
    /tmp/venv/bin/python wordpiece.py
"""

import json
import pathlib
import random
import unicodedata

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = "go to the red cube un ##aff ##able pick ##ing up left turn hello cafe 12 ##34".split()
PIECES = list("abcdefghijklmnopqrstuvwxyz0123456789") + ["##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789"]
SIGNS = list(".,!?'-[]$+^`|~<=>\u2026\u00ab\u00bb\u00bf\u3002")
SCRIPTS = list("\u03b1\u03c3\u03c2\u03c9\u0434\u0436\u0438\u00df\u00e6\u0131\u4e2d\u6587\u1100\u1161\u3042\u0915\u093e\u0627\u05d0\U0001f600")
VOCABULARY = SPECIAL + WORDS + PIECES + SIGNS + SCRIPTS + ["##" + c for c in SCRIPTS]
VOCABULARY = list(dict.fromkeys(VOCABULARY))

# Unicode 3.2 holds what every table knows the same of; younger characters would compare versions of Unicode.
KNOWN = [
    chr(c) for c in range(0x110000)
    if unicodedata.ucd_3_2_0.category(chr(c)) not in ("Cn", "Cs")
    and unicodedata.ucd_3_2_0.category(chr(c)) == unicodedata.category(chr(c))
]
POOLS = [
    list("abcdefgo  ABCDEFGO12"), WORDS, SPECIAL, SIGNS, SCRIPTS, list("\u03a3\u0130\u00c9\u00df\u01c5\u1e9e\uac00\ud55c\uff27\ufb01\u00e9"),
    ["e\u0301", "A\u030a", "\u0301", "\u0308", "\u0327", "\u200b", "\u200d", "\u00ad", "\ufffd", "\x00", "\x07", "\x7f"],
    ["\t", "\n", "\r", "\x0b", "\x0c", "\x85", "\u00a0", "\u2003", "\u2028", "\u2029", "\u3000", "\ufeff"],
    KNOWN, [c for c in KNOWN if ord(c) < 0x250], [c for c in KNOWN if unicodedata.category(c)[0] == "P"],
]


def main() -> None:
    tokenizer = Tokenizer(models.WordPiece({t: i for i, t in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(SPECIAL)
    random.seed(3)
    texts = ["".join(random.choice(random.choice(POOLS)) for _ in range(random.randint(1, 6))) for _ in range(2000)]
    ids = [" ".join(map(str, tokenizer.encode(text, add_special_tokens=False).ids)) for text in texts]
    out = {"vocabulary": VOCABULARY, "texts": texts, "ids": ids}
    path = pathlib.Path(__file__).with_name("wordpiece.json")
    path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
