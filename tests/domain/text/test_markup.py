from moderation.domain.text.markup import parse


def test_a_document_that_is_parsed_already_is_returned_as_it_is():
    document = parse("<p>слово")
    assert parse(document) is document


def test_an_unknown_charset_leaves_the_one_that_the_document_names():
    document = parse('<meta charset="windows-1251"><p>слово'.encode("windows-1251"), "no-such-charset")
    assert document.findtext(".//p") == "слово"
