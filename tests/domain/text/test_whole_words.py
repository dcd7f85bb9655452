import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.whole_words import whole_words

SENTENCE = "Он сказал: «кое-что, но не всё»."


class TestWholeWords:
    @pytest.mark.parametrize(
        ("selected", "words"),
        [
            ("каза", "сказал"),
            ("сказал: «кое", "сказал: «кое-что"),
            ("ое-ч", "кое-что"),
            (" но ", "но"),
            (",", "кое-что,"),
            (": «", "сказал: «кое-что"),
            ("».", "всё»."),
        ],
    )
    def test_smallest_span_of_whole_words(self, selected, words):
        at = SENTENCE.index(selected)
        start, end = whole_words(SENTENCE, at, at + len(selected))
        assert SENTENCE[start:end] == words

    @given(st.text(alphabet="аб -,", max_size=20), st.data())
    def test_stays_inside_the_text(self, text, data):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        found = whole_words(text, start, end)
        assert 0 <= found[0] <= found[1] <= len(text)

    @pytest.mark.parametrize(
        ("text", "selected", "words"),
        [
            ("市中心的老邮局重新开放。", "邮局", "邮局"),
            ("図書館のコンピュータを使う。", "ピュー", "コンピュータ"),
            ("買ったiPhoneは新しい。", "Phon", "iPhone"),
            ("ห้องสมุดประชาชน", "สมุ", "สมุ"),
            ("ห้องสมุดทำงาน", "ท", "ทำ"),
            ("เด็กอ่าน", "ด", "เด็"),
            ("आज किताबें नई हैं।", "ता", "किताबें"),
            ("शहर के हिंदी लेखक", "हि", "हिंदी"),
            ("הצה״ל הודיע", "צה", "הצה״ל"),
            ("قال المهندس أمس", "هند", "المهندس"),
            ("Більшість кав’ярень", "яр", "кав’ярень"),
            ("caf\u0065\u0301s ici", "af", "caf\u0065\u0301s"),
        ],
    )
    def test_words_of_the_worlds_scripts(self, text, selected, words):
        at = text.index(selected)
        start, end = whole_words(text, at, at + len(selected))
        assert text[start:end] == words

    def test_a_comma_between_chinese_characters_shows_one_on_either_side(self):
        assert whole_words("开放时间为九点,周一闭馆。", 7, 8) == (6, 9)

    @pytest.mark.parametrize("text", ["a" * 100_000, " " * 100_000, "." * 100_000])
    def test_what_is_no_word_does_not_grow(self, text):
        start, end = whole_words(text, 50_000, 50_001)
        assert end - start <= 202
