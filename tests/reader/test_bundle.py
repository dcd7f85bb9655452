"""How the widget's modules are joined."""

import pytest

from moderation.reader.bundle import make_bundle
from moderation.reader.join_modules import UnsupportedModule, join_modules


@pytest.fixture
def widget(tmp_path):
    """Write files into a widget's folder; answers the folder."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


def test_a_part_is_written_into_the_file_that_imports_it(widget):
    folder = widget(
        main_js='import { half } from "./parts/half.js";\nexport const four = half(8);\n',
        parts__half_js="export function half(number) {\n  return number / 2;\n}\n",
    )
    joined = join_modules(folder / "main.js", "./")
    assert "import" not in joined
    assert joined.startswith("export const{four}=")


def test_a_part_that_two_parts_import_is_written_once(widget):
    folder = widget(
        main_js=(
            'import { a } from "./parts/a.js";\nimport { b } from "./parts/b.js";\nexport const c = a + b;\n'
        ),
        parts__a_js='import { text } from "./text.js";\nexport const a = text;\n',
        parts__b_js='import { text } from "./text.js";\nexport const b = text;\n',
        parts__text_js='export const text = "the only copy";\n',
    )
    assert join_modules(folder / "main.js", "./").count("the only copy") == 1


def test_two_parts_that_export_one_name_are_refused(widget):
    folder = widget(
        main_js='import { a } from "./parts/a.js";\nimport { b } from "./parts/b.js";\n',
        parts__a_js="export const a = 1;\nexport const same = 1;\n",
        parts__b_js="export const b = 2;\nexport const same = 2;\n",
    )
    with pytest.raises(UnsupportedModule, match="both export same"):
        join_modules(folder / "main.js", "./")


def test_a_part_under_another_name_is_refused(widget):
    folder = widget(
        main_js='import { a as b } from "./parts/a.js";\nexport const c = b;\n',
        parts__a_js="export const a = 1;\n",
    )
    with pytest.raises(UnsupportedModule, match="own names only"):
        join_modules(folder / "main.js", "./")


def test_another_file_of_the_widget_stays_an_import_under_its_version(widget):
    folder = widget(
        api_js='import { open } from "./dialog.js";\nexport const show = () => open();\n',
        dialog_js="export function open() {}\n",
    )
    assert join_modules(folder / "api.js", "./VERSION/").startswith('import{open}from"./VERSION/dialog.js"')


def test_a_dynamic_import_in_a_part_finds_the_file_from_where_it_is_written(widget):
    folder = widget(
        main_js='import { load } from "./parts/load.js";\nexport { load };\n',
        parts__load_js='export const load = () => import("../marks.js");\n',
    )
    assert 'import("./marks.js")' in join_modules(folder / "main.js", "./")


def test_a_style_sheet_becomes_one_that_a_strict_policy_allows(widget):
    folder = widget(
        main_js='import look from "./parts/look.css" with { type: "css" };\nexport { look };\n',
        parts__look_css="/* quiet */\np { margin: 0 0 8px; }\n",
    )
    joined = join_modules(folder / "main.js", "./")
    assert "new CSSStyleSheet" in joined
    assert "p{margin:0 0 8px}" in joined


def test_the_loader_is_a_classic_script_without_exports_or_imports():
    loader = make_bundle().files["loader.js"].encoded["identity"].decode()
    assert loader.startswith("(()=>{")
    assert "export" not in loader


def test_every_file_names_the_version_of_this_bundle():
    bundle = make_bundle()
    texts = {name: file.encoded["identity"].decode() for name, file in bundle.files.items()}
    assert [name for name, text in texts.items() if "@HASH@" in text] == []
    assert f"/{bundle.version}/dialog.js" in texts["api.js"]


def test_a_changed_file_makes_a_new_version(widget):
    before = make_bundle(widget(api_js="export const a = 1;\n")).version
    assert make_bundle(widget(api_js="export const a = 2;\n")).version != before


def test_types_of_the_widgets_own_files_are_not_served():
    assert "types.d.ts" not in make_bundle().files
